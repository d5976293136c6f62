// The switch between light and dark. Until a person uses it, the page goes with the system (theme.js begins so).
import {byId} from './dom.js';

const CHOSEN = 'legion-theme';

/** `changed` hears of each change of the theme. */
export function switchTheme(changed) {
  const root = document.documentElement;

  function show(theme) {
    root.dataset.theme = theme;
    byId('theme').textContent = theme === 'dark' ? 'Light' : 'Dark';
    byId('theme').title = theme === 'dark' ? 'Show the page light' : 'Show the page dark';
    changed();
  }

  byId('theme').onclick = () => {
    const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(CHOSEN, theme);
    show(theme);
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', ({matches}) => {
    if (localStorage.getItem(CHOSEN) === null) {
      show(matches ? 'dark' : 'light');
    }
  });
  show(root.dataset.theme);
}

// Runs before the first paint, so that the page does not flash in the other theme: what was chosen, or else the system's.
'use strict';
document.documentElement.dataset.theme = localStorage.getItem('legion-theme')
  ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');

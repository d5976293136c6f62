// Asks the person for the token, once for all requests that miss it.
import {byId} from './dom.js';

let asked = null;

export function askForToken(refused) {
  asked ??= new Promise(resolve => {
    const dialog = byId('ask-token');
    const input = byId('token');
    byId('token-why').textContent = refused
      ? 'It does not accept the token that was given. Nothing was shown or changed. Give the one of its configuration.'
      : 'Give the one that stands in the configuration of its admin service.';
    input.value = '';
    dialog.oncancel = event => event.preventDefault();
    byId('token-form').onsubmit = event => {
      event.preventDefault();
      dialog.close();
      asked = null;
      resolve(input.value.trim());
    };
    dialog.showModal();
  });
  return asked;
}

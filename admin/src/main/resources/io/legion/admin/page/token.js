// Asks the person for the token, once for all requests that miss it, until one is given that the service accepts.
import {byId} from './dom.js';

const WHERE = 'Give the one that stands in the configuration of its admin service.';
const WRONG = `It does not accept this token. It showed and changed nothing. ${WHERE}`;
const NO_MORE = `It does not accept the token of this tab any more, which the page has forgotten. ${WHERE}`;

let asked = null;

/** `isAccepted` asks the service about a token. */
export function askForToken(wasRefused, isAccepted) {
  asked ??= new Promise(resolve => {
    byId('token-why').textContent = wasRefused ? NO_MORE : WHERE;
    byId('token').value = '';
    byId('ask-token').oncancel = event => event.preventDefault();
    byId('token-form').onsubmit = event => {
      event.preventDefault();
      check(byId('token').value.trim(), isAccepted, resolve);
    };
    byId('ask-token').showModal();
  });
  return asked;
}

async function check(token, isAccepted, accept) {
  const [why, input, button] = ['token-why', 'token', 'token-give'].map(byId);
  why.textContent = 'Asking whether the service accepts it …';
  button.disabled = true;
  const objection = await isAccepted(token).then(
    accepted => accepted ? null : WRONG,
    failure => `Whether the service accepts it is not known: ${failure.message}. Try again.`);
  button.disabled = false;
  if (objection === null) {
    asked = null;
    input.value = '';
    byId('ask-token').close();
    accept(token);
  } else {
    why.textContent = objection;
    input.select();
  }
}

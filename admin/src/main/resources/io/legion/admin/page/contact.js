// Says whether the node behind the page answers. What an old answer showed stays, greyed, and the banner says since when.
import {byId} from './dom.js';
import {time} from './format.js';

const SLOW = 1_700; // a node that others wait for answers within a second; with the second between two questions: below 3 s
const LOOK = 100;

export class Contact {
  #asked = null; // when the question that is under way was asked
  #answered = null; // when the last answer came
  #failure = null;

  constructor() {
    setInterval(() => this.#show(), LOOK);
  }

  asked() {
    this.#asked = performance.now();
  }

  answered() {
    this.#asked = null;
    this.#answered = new Date();
    this.#failure = null;
    this.#show();
  }

  failed(failure) {
    this.#asked = null;
    this.#failure = failure;
    this.#show();
  }

  #show() {
    const why = this.#why();
    const text = why === null ? '' : `${why} ${this.#answered === null ? 'Nothing is known yet.'
      : `What you see is from ${time(this.#answered)}.`} The page tries again by itself.`;
    const banner = byId('banner');
    if (banner.textContent !== text) {
      banner.textContent = text;
      banner.hidden = why === null;
      document.body.classList.toggle('stale', why !== null);
    }
  }

  #why() {
    if (document.querySelector('#ask-token[open]')) {
      return null;
    }
    if (this.#failure?.status > 0) {
      return `The node behind this page refuses: ${this.#failure.message}.`;
    }
    const silent = this.#asked !== null && performance.now() - this.#asked > SLOW;
    return this.#failure !== null || silent ? 'The node behind this page does not answer.' : null;
  }
}

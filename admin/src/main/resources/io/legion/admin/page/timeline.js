// The events of life that the node behind the page saw, the newest first.
import {byId, h, render} from './dom.js';
import {count, dateAndTime, time} from './format.js';

const KEPT = 200;

export class Timeline {
  #box = byId('timeline');
  #events = [];
  #next = 0;
  #since = null; // when the process that answers began to look: another one counts its events anew

  /** What to ask for next: the events after those that are there. */
  get after() {
    return this.#next;
  }

  add({events, next, since}) {
    const isOfAnother = since !== this.#since;
    if (isOfAnother && this.#next > 0) {
      this.#next = 0; // what it says was asked by the numbers of the one before
      return;
    }
    this.#next = next;
    if (isOfAnother || events.length > 0) {
      this.#since = since;
      this.#events = [...events.toReversed(), ...(isOfAnother ? [] : this.#events)].slice(0, KEPT);
      this.#show();
    }
  }

  #show() {
    const number = this.#events[0]?.number ?? 0;
    byId('timeline-since').textContent = `Seen by the node behind this page since ${dateAndTime(this.#since)}.`
      + (number > this.#events.length ? ` The latest ${count(this.#events.length)} of ${count(number)}.` : '');
    this.#keepingPlace(() => render(this.#box, this.#events.length === 0
      ? h('p', {class: 'faint'}, 'Nothing has happened since.')
      : h('ol', {}, this.#events.map(entry))));
  }

  // What a person reads, or has the focus in, stays where it is; else the newest comes into sight.
  #keepingPlace(change) {
    const box = this.#box;
    const isRead = box.scrollTop > 0 || box.querySelector(':focus') !== null;
    const first = isRead ? [...box.querySelectorAll('li')].find(entry => bottom(entry) > box.scrollTop + 1) : null;
    const before = first?.offsetTop;
    change();
    if (first?.isConnected) {
      box.scrollTop += first.offsetTop - before;
    }
  }
}

const bottom = ({offsetTop, offsetHeight}) => offsetTop + offsetHeight;

function entry({number, at, what, node, shard}) {
  const where = shard !== null ? `#/shard/${shard}` : node !== null ? `#/node/${node}` : null;
  return h('li', {'data-key': number},
    h('time', {datetime: at, title: dateAndTime(at)}, time(at)),
    where ? h('a', {href: where}, what) : h('span', {}, what));
}

// The events of life that the node behind the page saw, the newest first.
import {byId, h, render} from './dom.js';
import {dateAndTime, time} from './format.js';

const KEPT = 200;

export class Timeline {
  #events = [];
  #next = 0;

  /** What to ask for next: the events after those that are there. */
  get after() {
    return this.#next;
  }

  /** Begins anew: another process answers, which counts from the beginning. */
  forget() {
    this.#events = [];
    this.#next = 0;
  }

  add({events, next}) {
    this.#next = next;
    this.#events = [...events.toReversed(), ...this.#events].slice(0, KEPT);
    render(byId('timeline'), this.#events.length === 0
      ? h('p', {class: 'faint'}, 'Nothing has happened since this node started.')
      : h('ol', {}, this.#events.map(entry)));
  }
}

function entry({number, at, what, node, shard}) {
  const where = shard !== null ? `#/shard/${shard}` : node !== null ? `#/node/${node}` : null;
  return h('li', {'data-key': number},
    h('time', {datetime: at, title: dateAndTime(at)}, time(at)),
    where ? h('a', {href: where}, what) : h('span', {}, what));
}

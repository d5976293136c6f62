// Under the map: the shards of one state, with their reasons and the next step.
import {path, read} from './api.js';
import {byId, h, render} from './dom.js';
import {count} from './format.js';
import {ofState} from './states.js';

const LIMIT = 50;

export class ShardList {
  #box = byId('listed');
  #state = null;
  #underWay = false;

  /** Shows the shards of this state as they are now; null shows none. */
  async show(state) {
    this.#state = state;
    if (state === null) {
      render(this.#box);
    } else if (!this.#underWay) {
      this.#underWay = true;
      const shown = await read(path(['shards'], {state, limit: LIMIT}))
        .then(list, failure => h('p', {class: 'faint'}, failure.message));
      this.#underWay = false;
      if (this.#state === state) {
        render(this.#box, shown);
      }
    }
  }
}

function list({shards, next}) {
  return [
    h('ul', {class: 'shards'}, shards.map(entry)),
    next !== null && h('p', {class: 'faint'}, `These are the first ${count(shards.length)}. The map shows them all.`),
  ];
}

function entry({shard, state, reason, next}) {
  return h('li', {'data-key': shard},
    h('a', {href: `#/shard/${shard}`}, h('i', {class: 'square', 'data-state': state}, ofState(state).sign), ` shard ${shard}`),
    h('span', {}, reason ?? 'It serves every request.', next && [h('b', {}, ' Next: '), next]));
}

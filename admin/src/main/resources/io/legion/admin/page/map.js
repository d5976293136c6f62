// The shards as squares: state by colour and by letter. One tab stop; the arrow keys move within it.
import {byId, h, render} from './dom.js';
import {count} from './format.js';
import {ShardList} from './shard-list.js';
import {SERVING, STATES, ofLetter, ofState} from './states.js';

export class ShardMap {
  #map = byId('map');
  #list = new ShardList();
  #letters = '';
  #counts = {};
  #focused = 0;
  #chosen = null; // the state that a person chose to list

  constructor() {
    this.#map.addEventListener('keydown', event => this.#key(event));
    this.#map.addEventListener('click', ({target}) => open(target));
    this.#map.addEventListener('pointerover', ({target}) => name(target));
    this.#map.addEventListener('focusin', ({target}) => name(target));
  }

  show({map, shards}) {
    if (map.length !== this.#letters.length) {
      this.#build(map.length);
    }
    for (let shard = 0; shard < map.length; shard++) {
      if (map[shard] !== this.#letters[shard]) {
        paint(this.#map.children[shard], shard, ofLetter(map[shard]));
      }
    }
    this.#letters = map;
    this.#counts = shards;
    this.#showStates();
  }

  #build(shards) {
    this.#letters = '';
    this.#focused = 0;
    this.#map.dataset.size = shards > 1024 ? 'many' : shards > 256 ? 'some' : 'few';
    this.#map.replaceChildren(...Array.from({length: shards}, (_, shard) =>
      h('button', {type: 'button', tabindex: shard === 0 ? 0 : -1, 'data-shard': shard})));
  }

  #showStates() {
    const listed = this.#listed();
    render(byId('legend'), STATES.map(({state, sign, name, means}) =>
      h('button', {type: 'button', class: this.#counts[state] > 0 ? 'state' : 'state none', 'data-state': state,
        'aria-pressed': String(state === listed), title: `${name}: ${means}`, onclick: () => this.#choose(state)},
        h('i', {class: 'square', 'data-state': state}, sign), name, ' ',
        h('b', {class: 'number'}, count(this.#counts[state] ?? 0)))));
    this.#list.show(listed);
  }

  // Without a choice: the worst state in which there is a shard.
  #listed() {
    return this.#chosen
      ?? STATES.findLast(({state}) => state !== SERVING.state && this.#counts[state] > 0)?.state
      ?? null;
  }

  #choose(state) {
    this.#chosen = this.#chosen === state ? null : state;
    this.#showStates();
  }

  #key(event) {
    const columns = getComputedStyle(this.#map).gridTemplateColumns.split(' ').length;
    const last = this.#letters.length - 1;
    const wanted = {
      ArrowLeft: this.#focused - 1, ArrowRight: this.#focused + 1,
      ArrowUp: this.#focused - columns, ArrowDown: this.#focused + columns,
      Home: 0, End: last,
    }[event.key];
    if (wanted !== undefined) {
      event.preventDefault();
      if (wanted >= 0 && wanted <= last) {
        this.#focus(wanted);
      }
    }
  }

  #focus(shard) {
    this.#map.children[this.#focused].tabIndex = -1;
    this.#focused = shard;
    this.#map.children[shard].tabIndex = 0;
    this.#map.children[shard].focus();
  }
}

function paint(square, shard, {state, sign, name}) {
  square.dataset.state = state;
  square.textContent = sign;
  square.setAttribute('aria-label', `shard ${shard}: ${name}`);
}

function open({dataset}) {
  if (dataset.shard !== undefined) {
    location.hash = `#/shard/${dataset.shard}`;
  }
}

function name(target) {
  if (target.dataset.state !== undefined) {
    byId('pointed').textContent = `${target.getAttribute('aria-label')}. It ${ofState(target.dataset.state).means}.`;
  }
}

// Shards under way from one node to another.
import {path, read} from './api.js';
import {byId, h, render} from './dom.js';
import {bytes, count, plural, short} from './format.js';

const LIMIT = 8;
let asked = false;

/** Shows how many copies are complete, and how far the first few of the others are. */
export async function showMoves({copying, done}) {
  if (copying === 0) {
    render(byId('moves'), h('p', {class: 'faint'}, `None under way: ${plural(done, 'copy is', 'copies are')} complete.`));
  } else if (!asked) {
    asked = true;
    const copies = await read(path(['shards'], {state: 'COPYING', limit: LIMIT}))
      .then(({shards}) => shards.flatMap(arriving), () => []);
    asked = false;
    render(byId('moves'),
      h('p', {}, `${plural(copying, 'copy', 'copies')} under way, ${count(done)} complete `,
        h('progress', {max: done + copying, value: done, 'aria-label': 'Copies that are complete'})),
      h('ul', {class: 'moves'}, copies.slice(0, LIMIT)));
  }
}

function arriving({shard, copies}) {
  return copies.filter(({phase}) => phase === 'COPYING').map(({node, copiedBytes}) => h('li', {'data-key': `${shard} ${node}`},
    h('a', {href: `#/shard/${shard}`}, `shard ${shard}`), ' to ', h('a', {href: `#/node/${node}`, title: node}, short(node)),
    h('span', {class: 'number'}, copiedBytes === null ? '' : bytes(copiedBytes))));
}

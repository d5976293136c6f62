// How many copies of shards are complete, and which are being made.
import {path, read} from './api.js';
import {byId, h, render} from './dom.js';
import {bytes, count, short} from './format.js';

const LIMIT = 8;
let arriving = []; // the first few that are being made, as they were a moment ago
let asked = false;

/** Shows how far the copies are. */
export function showCopying({complete, underWay}) {
  if (underWay === 0) {
    arriving = [];
  } else if (!asked) {
    look();
  }
  const all = complete + underWay;
  render(byId('copying'),
    h('p', {}, `${count(complete)} of ${count(all)} copies are complete, `, underWay === 0 ? 'none' : count(underWay), ' under way.'),
    all > 0 && h('progress', {max: all, value: complete, 'aria-label': 'Copies that are complete'}),
    h('ul', {class: 'copying'}, arriving.map(entry)));
}

async function look() {
  asked = true;
  arriving = await read(path(['shards'], {state: 'COPYING', limit: LIMIT}))
    .then(({shards}) => shards.flatMap(copiesUnderWay).slice(0, LIMIT), () => []);
  asked = false;
}

const copiesUnderWay = ({shard, copies}) => copies.filter(({phase}) => phase === 'COPYING').map(copy => ({shard, ...copy}));

function entry({shard, node, copiedBytes}) {
  return h('li', {'data-key': `${shard} ${node}`},
    h('a', {href: `#/shard/${shard}`}, `shard ${shard}`), ' to ', h('a', {href: `#/node/${node}`, title: node}, short(node)),
    h('span', {class: 'number'}, copiedBytes === null ? '' : bytes(copiedBytes)));
}

// The details of a shard.
import {actButton} from './acts.js';
import {path, read} from './api.js';
import {h} from './dom.js';
import {facts, nodeLink, note, participants, showing, table} from './facts.js';
import {bytes, count, millis, short} from './format.js';
import {follow} from './live.js';
import {ofState} from './states.js';

const DROPPABLE = ['STOPPED', 'DIVERGED', 'OVERRULED'];

export function shardPanel([shard]) {
  return {
    title: `Shard ${shard}`,
    open: body => follow(() => read(path(['shards', shard])), showing(body, view)),
  };
}

function view(shard) {
  const {name, means, sign} = ofState(shard.state);
  return [
    h('p', {class: 'condition'}, h('i', {class: 'square', 'data-state': shard.state}, sign), h('b', {}, name),
      `: ${shard.reason ?? means}`),
    shard.next && h('p', {class: 'next'}, h('b', {}, 'Next: '), shard.next),
    !shard.known && note('No node that has this shard answers. What stands here is what others know of it.'),
    facts(
      ['Epoch', count(shard.epoch), 'How often its participants have changed'],
      ['Era', count(shard.era), 'How often an operator has forced a change'],
      ['Outstanding', count(shard.outstanding), 'Events that do not have their place in history yet'],
      ['Folded', count(shard.folded), 'Events in history'],
      ['Waits for', waits(shard.foldWaits), 'The participants that the oldest outstanding event waits for']),
    participants(shard.participants),
    table('Copies', ['Node', 'Phase', 'Folded', 'Outstanding', 'Hash', ''], shard.copies.map(copy => [
      nodeLink(copy.node),
      [copy.phase.toLowerCase().replace('_', ' '), copy.copiedBytes !== null && ` (${bytes(copy.copiedBytes)} so far)`],
      count(copy.folded), count(copy.outstanding),
      h('code', {title: copy.historyHash}, copy.historyHash?.slice(0, 8)),
      DROPPABLE.includes(copy.phase) && dropButton(shard.shard, copy.node),
    ])),
    shard.copies.some(({salvage}) => salvage > 0)
      && h('p', {}, h('a', {href: '#/copies'}, 'Requests of removed participants come back here')),
  ];
}

function waits(foldWaits) {
  return foldWaits && [
    foldWaits.for.length === 0 ? 'a change of its participants ' : foldWaits.for.map(node => [nodeLink(node), ' ']),
    `for ${millis(foldWaits.sinceMillis)}`,
  ];
}

/** The act that drops a copy which takes no part any more. */
export function dropButton(shard, node) {
  return actButton('Drop…', {
    title: `Drop the copy of shard ${shard} at ${short(node)}`,
    path: path(['shards', shard, 'copies', node, 'drop']),
    confirm: 'Drop this copy',
  });
}

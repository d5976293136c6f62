// The partitions that got most of the events of the last seconds.
import {byId, h, render} from './dom.js';
import {count, short} from './format.js';
import {partitionLink} from './facts.js';

export function showBusiest({sampled, every, busiest}) {
  render(byId('busiest'),
    h('p', {class: 'faint'}, busiest.length > 0
      ? `Shares of the events of the last seconds, by ${count(sampled)} samples: one of ${every} events. Samples count no reads.`
      : `No partition stands out. The nodes sample one of ${every} events: ${count(sampled)} in the last seconds.`),
    h('ul', {class: 'busiest'}, busiest.map(entry)));
}

function entry({type, key, shard, node, percent, reason, next}) {
  return h('li', {'data-key': `${type}/${key}`},
    h('div', {class: 'line'},
      reason !== null && h('span', {class: 'sign warning'}, '!'),
      h('span', {}, type, ' ', partitionLink(type, key)),
      h('span', {class: 'number'}, `${percent} %`)),
    h('meter', {max: 100, value: percent, 'aria-label': `${percent} % of all events`}),
    h('div', {class: 'faint'}, h('a', {href: `#/shard/${shard}`}, `shard ${shard}`),
      node !== null && [' at ', h('a', {href: `#/node/${node}`, title: node}, short(node))]),
    reason !== null && h('p', {class: 'notice'}, reason, h('b', {}, ' Next: '), next));
}

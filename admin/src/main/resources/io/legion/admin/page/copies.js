// Copies that take no part any more, and requests that are not in history: what an operator has to decide about.
import {read} from './api.js';
import {h} from './dom.js';
import {nodeLink, note, partitionLink, shardLink, showing, some} from './facts.js';
import {dropButton} from './shard.js';
import {follow} from './live.js';

export function copiesPanel() {
  return {
    title: 'Copies and requests to look at',
    open: body => follow(() => read('/divergent'), showing(body, view)),
  };
}

function view({stopped, overruled, salvage, lostRequests, notKnown}) {
  return [
    notKnown.length > 0 && note(['Not known of ', notKnown.map(node => [nodeLink(node), ' ']), ': they could not be asked.']),
    part('Stopped copies', 'A copy that met something which it cannot read or that must not be. It serves nothing.',
      stopped, copy => [
        h('p', {}, place(copy), `: ${copy.reason}`),
        copy.kept ? h('p', {}, 'The node keeps it until it is dropped. ', dropButton(copy.shard, copy.node))
          : h('p', {class: 'faint'}, 'The node copies the shard anew by itself.'),
      ]),
    part('Overruled copies',
      'A copy on the side that lost when an operator forced a change. Its events are listed; nothing submits them again.',
      overruled, copy => [
        h('p', {}, place(copy), `: ${some(copy.lost.length, copy.more)} lost events. `, dropButton(copy.shard, copy.node)),
        !copy.complete && note('The list is not complete: not every node that goes on could be asked.'),
        h('ul', {}, copy.lost.map(lostEvent)),
      ]),
    part('Salvage', 'Requests of a removed participant that come back as new ones by themselves.', salvage, entry =>
      h('p', {}, place(entry), ': ', requests(entry.requests), entry.more > 0 && `and ${entry.more} more`)),
    part('Lost requests',
      'Requests that were answered FAST and came back too late. They were not applied: look at each.', lostRequests, entry =>
        h('p', {}, nodeLink(entry.node), ': ', requests(entry.requests))),
  ];
}

const place = ({shard, node}) => [shardLink(shard), ' at ', nodeLink(node)];

function lostEvent({type, key, request}) {
  return h('li', {}, type === null ? key : [partitionLink(type, key), ` (${type})`], ', request ', h('code', {}, request));
}

function part(title, explanation, entries, view) {
  return h('section', {},
    h('h3', {}, `${title}: ${entries.length === 0 ? 'none' : entries.length}`),
    h('p', {class: 'faint'}, explanation),
    entries.map(entry => h('div', {class: 'entry'}, view(entry))));
}

const requests = ids => ids.map(id => [h('code', {}, id), ' ']);

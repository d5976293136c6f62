// Copies that take no part any more, and requests that are not in history: what an operator has to decide about.
import {path, read} from './api.js';
import {h} from './dom.js';
import {nodeLink, note, partitionLink, shardLink, showing, some} from './facts.js';
import {dropButton} from './shard.js';
import {count} from './format.js';
import {follow} from './live.js';

const PAGE = 100;

export function copiesPanel() {
  return {
    title: 'Copies and requests to look at',
    open: pages,
  };
}

// One page after the other; what is on the page stays fresh.
function pages(body) {
  let close = () => {};
  function go(after) {
    close();
    close = follow(() => read(path(['divergent'], {after, limit: PAGE})), showing(body, answer => [
      view(answer),
      h('p', {class: 'buttons'}, after !== null && button('The first ones', () => go(null)),
        answer.next !== null && button('The next ones', () => go(answer.next))),
    ]));
  }
  go(null);
  return () => close();
}

const button = (label, onclick) => h('button', {type: 'button', onclick}, label);

function view({stopped, overruled, salvage, lostRequests, notKnown, counts}) {
  return [
    notKnown.length > 0 && note(['Not known of ', notKnown.map(node => [nodeLink(node), ' ']), ': they do not answer.']),
    part('Stopped copies', 'A copy that met something which it cannot read or that must not be. It serves nothing.',
      counts.stopped, stopped, copy => [
        h('p', {}, place(copy), `: ${copy.reason}`),
        copy.kept ? h('p', {}, 'The node keeps it until you drop it. ', dropButton(copy.shard, copy.node))
          : h('p', {class: 'faint'}, 'The node copies the shard anew by itself.'),
      ]),
    part('Overruled copies',
      'A copy on the side that lost when an operator forced a change. This lists its events; nothing submits them again.',
      counts.overruled, overruled, copy => [
        h('p', {}, place(copy), `: ${some(copy.lost.length, copy.more)} lost events. `,
          copy.complete && dropButton(copy.shard, copy.node)),
        !copy.complete && note('The list is not complete: not every node that goes on has answered. Until it is, you cannot drop '
          + 'the copy.'),
        h('ul', {}, copy.lost.map(lostEvent)),
      ]),
    part('Salvage', 'Requests of a removed participant that come back as new ones by themselves.',
      counts.salvage, salvage, entry =>
      h('p', {}, place(entry), ': ', requests(entry.requests), entry.more > 0 && `and ${entry.more} more`)),
    part('Lost requests',
      'Requests that a node answered FAST and that came back too late. They changed nothing: look at each.',
      counts.lostRequests, lostRequests, entry =>
        h('p', {}, nodeLink(entry.node), ': ', requests(entry.requests), entry.more > 0 && `and ${entry.more} more`)),
  ];
}

const place = ({shard, node}) => [shardLink(shard), ' at ', nodeLink(node)];

function lostEvent({type, key, request}) {
  return h('li', {}, type === null ? key : [partitionLink(type, key), ` (${type})`], ', request ', h('code', {}, request));
}

function part(title, explanation, all, entries, view) {
  return h('section', {},
    h('h3', {}, `${title}: ${all === 0 ? 'none' : count(all)}`),
    h('p', {class: 'faint'}, explanation),
    entries.map(entry => h('div', {class: 'entry', 'data-key': `${entry.node} ${entry.shard}`}, view(entry))));
}

const requests = ids => ids.map(id => [h('code', {}, id), ' ']);

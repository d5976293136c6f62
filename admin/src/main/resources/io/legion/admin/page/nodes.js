// The nodes, one a row. What a node could not be asked is "not known", never a mistake of the page.
import {byId, h, render} from './dom.js';
import {UNKNOWN, bytes, count, millis, plural, rate, short} from './format.js';

const COLUMNS = [
  ['Node', 'The first digits of the id of the node\'s store', ''],
  ['State', 'Whether it is a member, and whether the node behind this page reaches it', ''],
  ['Zone', 'Where it stands, as it says; copies of a shard go to different zones', 'medium'],
  ['Requests/s', 'Requests and reads that it answered in the last second', 'number'],
  ['Serves', 'Shards that it serves, of those that it has a copy of', 'number small'],
  ['Outstanding', 'Events that it has and that do not have their place in history yet', 'number medium'],
  ['Behind', 'For how long events have waited for it to have them: they have no place in history before', 'number small'],
  ['Mailbox', 'What waits for the node to work on it', 'number wide'],
  ['Store', 'Whether its store takes writes', 'medium'],
  ['Heap', 'Memory in use, of what the JVM may take', 'number wide'],
  ['Clock', 'How far its clock is ahead of the others, as far as it knows', 'number wide'],
  ['Legion', 'The version of Legion that it runs', 'medium'],
  ['Release', 'What people call the release of the service that it runs (release.name)', 'medium'],
];

/** @param versions what `/cluster` says of the versions of the partition types: the nodes' releases are there */
export function showNodes(nodes, requestsByNode, versions) {
  const releases = new Map((versions[0]?.announced ?? []).map(({node, release}) => [node, release]));
  render(byId('nodes'), h('table', {},
    h('thead', {}, h('tr', {}, COLUMNS.map(([name, title, kind]) => h('th', {scope: 'col', class: kind, title}, name)))),
    h('tbody', {}, nodes.map(node => row(node, requestsByNode?.get(node.node), releases.get(node.node))))));
}

/** What a node is to those who look: {sign, level, text}. */
export function condition(node) {
  if (node.status === 'GONE') {
    return {sign: '–', level: 'off', text: 'gone'};
  }
  if (!node.reachable) {
    return {sign: '✕', level: 'critical', text: 'not reachable'};
  }
  if (!node.known) {
    return {sign: '?', level: 'off', text: 'not known'};
  }
  return node.status === 'UP' ? {sign: '●', level: 'good', text: 'up'} : {sign: '◐', level: 'info', text: node.status.toLowerCase()};
}

function row(node, requests, release) {
  const {sign, level, text} = condition(node);
  const {report} = node;
  return [
    h('tr', {'data-node': node.node, 'data-key': node.node, class: node.known ? null : 'not-known'},
      h('th', {scope: 'row'},
        h('a', {href: `#/node/${node.node}`, title: `${node.node} at ${node.address}`}, short(node.node)),
        node.self && h('span', {class: 'faint', title: 'The node behind this page'}, ' here')),
      h('td', {class: 'condition'}, h('span', {class: `sign ${level}`}, sign), text),
      h('td', {class: 'medium'}, node.zone || UNKNOWN),
      h('td', {class: 'number'}, rate(node.known ? requests : null)),
      h('td', {class: 'number small'}, count(report?.serving), report && h('span', {class: 'faint'}, ` / ${count(report.hosted)}`)),
      h('td', {class: 'number medium'}, count(report?.outstanding)),
      h('td', {class: 'number small', title: node.lag && waiting(node.lag)}, behind(node.lag)),
      h('td', {class: 'number wide'}, count(report?.waiting)),
      h('td', {class: 'medium', title: report?.storeWhy}, report ? store(report.storeState) : UNKNOWN),
      h('td', {class: 'number wide', title: report && `of ${bytes(report.heapMax)}`}, bytes(report?.heapUsed)),
      h('td', {class: 'number wide'}, millis(report?.clockOffsetMillis)),
      h('td', {class: 'medium faint'}, report?.release ?? UNKNOWN),
      h('td', {class: 'medium faint'}, release || UNKNOWN)),
    !node.known && h('tr', {class: 'why', 'data-key': `why ${node.node}`},
      h('td', {colspan: COLUMNS.length}, `Not known: ${node.whyNotKnown ?? 'the node does not answer.'}`)),
    node.lag?.reason && h('tr', {class: 'why', 'data-key': `behind ${node.node}`},
      h('td', {colspan: COLUMNS.length}, `Behind: ${waiting(node.lag)} ${node.lag.reason}`, h('b', {}, ' Next: '), node.lag.next)),
  ];
}

/** For how long events wait for a node, with a sign where that is longer than usual. */
export function behind(lag) {
  if (!lag || lag.events === 0) {
    return lag ? 'no' : UNKNOWN;
  }
  return [lag.reason && h('span', {class: 'sign warning'}, '!'), millis(lag.millis)];
}

/** How much waits for a node, as a sentence. */
export function waiting({shards, events, millis: oldest}) {
  return events === 0 ? 'No event waits for it.'
    : `${plural(events, 'event')} of ${plural(shards, 'shard')} ${events === 1 ? 'waits' : 'wait'} for it, the oldest for ${millis(oldest)}.`;
}

/** The store's state in words, with a sign where it is not well. */
export function store(state) {
  return state === 'OK' ? 'ok' : [h('span', {class: 'sign critical'}, '✕'), state.toLowerCase()];
}

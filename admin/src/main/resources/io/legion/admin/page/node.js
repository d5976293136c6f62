// The details of a node: what it says of itself, how it sees the others, and the acts on it.
import {actButton} from './acts.js';
import {path, read} from './api.js';
import {h} from './dom.js';
import {facts, nodeLink, note, showing, table} from './facts.js';
import {bytes, count, dateAndTime, millis, short} from './format.js';
import {follow} from './live.js';
import {behind, condition, store, waiting} from './nodes.js';

export function nodePanel([node], cluster) {
  return {
    title: `Node ${short(node)}`,
    open: body => follow(() => read(path(['peers', node])), showing(body, peers => view(node, cluster(), peers))),
  };
}

function view(id, cluster, peers) {
  const node = cluster?.nodes.find(({node}) => node === id);
  return [
    node && about(node),
    peers.known
      ? table('How it sees the others', ['Node', 'State', 'Heard'], peers.members.filter(({node}) => node !== id).map(seen))
      : note('How it sees the others is not known: the node does not answer.'),
    peers.next && h('p', {class: 'faint'}, `These are the first ${count(peers.members.length)}.`),
    node && node.status !== 'GONE' && acts(id),
  ];
}

function about(node) {
  const {sign, level, text} = condition(node);
  const identity = [
    h('p', {class: 'condition'}, h('span', {class: `sign ${level}`}, sign), h('b', {}, text),
      node.self && ' (the node behind this page)'),
    facts(['Id', h('code', {}, node.node)], ['Address', node.address],
      ['Zone', node.zone || 'none'], ['Weight', node.weight, 'How many shards it takes, compared to the others']),
  ];
  return [identity, lag(node.lag), node.known ? report(node.report) : note(`Not known: ${node.whyNotKnown ?? 'the node does not answer.'}`)];
}

function lag(lag) {
  return lag && [
    facts(['Behind', behind(lag), waiting(lag)]),
    lag.reason && note([`${waiting(lag)} ${lag.reason}`, h('b', {}, ' Next: '), lag.next]),
  ];
}

function report(report) {
  return facts(
    ['Started', dateAndTime(report.started)],
    ['Legion', `${report.release} on Java ${report.java}`],
    ['Serves', `${count(report.serving)} of ${count(report.hosted)} shards that it has`],
    ['Outstanding', count(report.outstanding), 'Events that do not have their place in history yet'],
    ['Mailbox', count(report.waiting), 'What waits for the node to work on it'],
    ['Store', [store(report.storeState), report.storeWhy && `: ${report.storeWhy}`]],
    ['Heap', `${bytes(report.heapUsed)} of ${bytes(report.heapMax)}`],
    ['Clock ahead by', millis(report.clockOffsetMillis)],
    ['Rebalancing', report.rebalancingPaused ? 'paused' : 'on'],
    ['Lost requests', count(report.lostRequests), 'Requests that it accepted and that came back too late'],
    ['Types', report.types.join(', ')]);
}

function seen({node, status, reachable, silentMillis}) {
  return [
    nodeLink(node),
    reachable ? status.toLowerCase() : [h('span', {class: 'sign critical'}, '✕'), 'not reachable'],
    silentMillis === null ? '–' : `${millis(silentMillis)} ago`,
  ];
}

function acts(node) {
  return h('p', {class: 'buttons'},
    actButton('Let it leave…', {
      title: `Let node ${short(node)} leave`, path: path(['nodes', node, 'leave']), confirm: 'Let it leave',
    }),
    actButton('Eject…', {
      title: `Eject node ${short(node)}`, path: path(['nodes', node, 'eject']), confirm: 'Eject it',
    }));
}

// The page: asks for the cluster, the load and the timeline once a second, and shows what came.
import {path, read} from './api.js';
import {showBusiest} from './busiest.js';
import {Chart} from './charts.js';
import {Contact} from './contact.js';
import {showCopying} from './copying.js';
import {byId, h, render} from './dom.js';
import {count, millis, rate, short, time} from './format.js';
import {follow} from './live.js';
import {CONSISTENCIES, Load} from './load.js';
import {ShardMap} from './map.js';
import {showNodes} from './nodes.js';
import {showPanels} from './panel.js';
import {showProblems, verdict} from './problems.js';
import {switchTheme} from './switch.js';
import {Timeline} from './timeline.js';
import {showVersions} from './versions.js';

const contact = new Contact();
const map = new ShardMap();
const timeline = new Timeline();
const load = new Load();

const MOST_EVENTS = 1_000; // the service keeps no more
const COLOURS = {FAST: '--fast', DURABLE: '--durable', FINAL: '--final'};
const PROMISES = {
  FAST: 'Answered once the serving node has stored the event',
  DURABLE: 'Answered once a majority has stored the event',
  FINAL: 'Answered once the event has its place in history',
};
const READS = {name: 'reads', title: 'Reads of states', colour: '--reads'};
const requests = new Chart('requests', {
  series: [...CONSISTENCIES.map(name => ({name, title: PROMISES[name], colour: COLOURS[name]})), READS],
  format: rate,
});
const latency = new Chart('latency', {
  series: CONSISTENCIES.flatMap(name => ['p50', 'p99'].map(share =>
    ({name: `${name} ${share}`, title: PROMISES[name], colour: COLOURS[name], dashed: share === 'p50'}))),
  format: millis,
  logarithmic: true,
});
const outstanding = new Chart('outstanding', {
  series: [{name: 'the most at one node', title: 'Of the nodes that answer', colour: '--final'}],
  format: count,
});

let cluster = null;
let requestsByNode = null;

/** Shows an answer of /cluster: all of the page but the load and the timeline. */
export function showCluster(answer) {
  contact.answered();
  cluster = answer;
  document.title = `${answer.cluster.name} – Legion`;
  byId('cluster-name').textContent = answer.cluster.name;
  const {level, sign, text} = verdict(answer.problems);
  render(byId('verdict'), h('span', {class: `sign ${level}`}, sign), text);
  byId('seen').textContent = `as ${short(answer.self)} sees it, ${time(answer.at)}`;
  showProblems(answer.problems, answer.shards);
  showNodes(answer.nodes, requestsByNode, answer.versions);
  map.show(answer);
  showCopying(answer.copies);
  showBusiest(answer.demand);
  showVersions(answer.versions);
  const reports = answer.nodes.filter(({known}) => known).map(({report}) => report.outstanding);
  outstanding.add(Date.parse(answer.at) / 1000, [reports.length === 0 ? null : Math.max(...reports)]);
}

function showLoad(answer) {
  const point = load.next(answer);
  if (point !== null) {
    requestsByNode = point.byNode;
    requests.add(point.at, [...CONSISTENCIES.map(name => point.rates[name]), point.rates.reads]);
    latency.add(point.at, CONSISTENCIES.flatMap(name => [point.latency[name].p50, point.latency[name].p99]));
  }
}

// Only the cluster's failures are told: when the others fail, it fails too or tells why.
const quietly = () => {};

switchTheme(() => [requests, latency, outstanding].forEach(chart => chart.recolour()));
showPanels(() => cluster);
follow(() => read('/cluster'), {
  onValue: showCluster, onFailure: failure => contact.failed(failure), onAsked: () => contact.asked(),
});
follow(() => read('/load'), {onValue: showLoad, onFailure: quietly});
follow(() => read(path(['timeline'], {after: timeline.after, limit: MOST_EVENTS})), {
  onValue: answer => timeline.add(answer), onFailure: quietly,
});

// What is wrong, as the service found it: what happened, what is true now, and the next step.
import {byId, h, render} from './dom.js';
import {plural, short, time} from './format.js';

export function showProblems(problems, counts) {
  render(byId('problems'), problems.length === 0 ? healthy(counts) : h('ul', {class: 'problems'}, problems.map(problem)));
}

/** One line for the head of the page: the worst that is true. */
export function verdict(problems) {
  const critical = problems.filter(({severity}) => severity === 'CRITICAL').length;
  if (problems.length === 0) {
    return {level: 'good', sign: '✓', text: 'No problem found'};
  }
  const text = critical === 0 ? plural(problems.length, 'warning') : `${plural(problems.length, 'problem')}, ${critical} critical`;
  return {level: critical === 0 ? 'warning' : 'critical', sign: critical === 0 ? '!' : '✕', text};
}

function healthy(counts) {
  const shards = Object.values(counts).reduce((total, count) => total + count, 0);
  return h('p', {class: 'healthy'}, h('span', {class: 'sign good'}, '✓'), 'None. ',
    counts.SERVING === shards ? `All ${plural(shards, 'shard')} serve.` : 'The list below the map names the shards that do not serve.');
}

function problem(found) {
  const critical = found.severity === 'CRITICAL';
  return h('li', {class: critical ? 'critical' : 'warning', 'data-key': found.cause + found.nodes.join()},
    critical
      ? h('span', {class: 'sign', title: 'Critical: requests fail, or data is at risk'}, '✕')
      : h('span', {class: 'sign', title: 'Warning: degraded, and handled for now'}, '!'),
    h('div', {},
      h('p', {class: 'what'}, found.what, found.since && h('span', {class: 'faint'}, ` Since ${time(found.since)}.`)),
      h('p', {class: 'next'}, h('b', {}, 'Next: '), found.next),
      places(found),
      found.evidence.length > 0 && h('details', {}, h('summary', {}, 'What shows it'),
        h('ul', {}, found.evidence.map(line => h('li', {}, line))))));
}

function places({nodes, shards, more}) {
  if (nodes.length === 0 && shards.length === 0) {
    return null;
  }
  return h('p', {class: 'places'},
    nodes.map(node => h('a', {href: `#/node/${node}`, title: node}, `node ${short(node)}`)),
    shards.map(shard => h('a', {href: `#/shard/${shard}`}, `shard ${shard}`)),
    more > 0 && h('span', {class: 'faint'}, `and ${plural(more, 'more shard')}`));
}

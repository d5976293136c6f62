// Acts on the whole cluster.
import {actButton, proposeAct} from './acts.js';
import {read} from './api.js';
import {h} from './dom.js';
import {showing} from './facts.js';
import {plural, short} from './format.js';
import {follow} from './live.js';

const THRESHOLDS = ['ERROR', 'WARNING', 'INFO', 'DEBUG'];

export function operatePanel() {
  return {
    title: 'Operate',
    open: body => follow(() => read('/cluster'), showing(body, ({nodes, versions}) => [
      rebalancing(nodes), newVersions(versions), force(nodes), clocks(), loggers(),
    ])),
  };
}

function rebalancing(nodes) {
  const known = nodes.filter(({known}) => known);
  const paused = known.filter(({report}) => report.rebalancingPaused).length;
  return part('Rebalancing', 'Moves shards between nodes so that each has its share, and makes lost copies anew. Paused, it does neither.',
    h('p', {}, `${paused || 'None'} of ${plural(known.length, 'node')} that answer ${paused === 1 ? 'pauses' : 'pause'} it.`),
    h('p', {class: 'buttons'},
      actButton('Pause…', {title: 'Pause rebalancing', path: '/rebalancing/pause', confirm: 'Pause it'}),
      actButton('Resume…', {title: 'Resume rebalancing', path: '/rebalancing/resume', confirm: 'Resume it'})));
}

function newVersions(versions) {
  const holding = new Set(versions.flatMap(({holding}) => holding)).size;
  return part('New versions', 'A new version of a partition type becomes active once all nodes run it, and never becomes an older one again. '
    + 'Hold it while you may want to go back to the release before. Raise makes it active although it is held.',
  h('p', {}, holding === 0 ? 'No node holds it.' : `${plural(holding, 'node holds', 'nodes hold')} it.`),
  h('p', {class: 'buttons'},
    actButton('Hold…', {title: 'Hold new versions', path: '/versions/hold', confirm: 'Hold them'}),
    actButton('Release…', {title: 'Release new versions', path: '/versions/release', confirm: 'Release them'}),
    actButton('Raise…', {title: 'Raise versions', path: '/versions/raise', confirm: 'Raise them'})));
}

function force(nodes) {
  return part('A majority is lost', 'Gives up nodes that will never come back, so that their shards go on with what is left. '
    + 'What only those nodes held is gone. First look whether you can start one of them again.',
  form(nodes.filter(({self, status}) => !self && status !== 'GONE').map(({node, address}) =>
    h('label', {class: 'choice', 'data-key': node}, h('input', {type: 'checkbox', name: 'lost', value: node}), ` ${short(node)} at ${address}`)),
  'Force…', data => ({
    title: 'Force a change without a majority', path: '/force', body: {lost: data.getAll('lost')}, confirm: 'Give up these nodes',
  })));
}

function clocks() {
  return part('Clocks ahead',
    'Takes events whose times are ahead of the clocks here. Set the wrong clock right instead, if you can: this is for good. 0 takes it back.',
    form(h('label', {}, 'Up to how many seconds ahead ', h('input', {name: 'seconds', type: 'number', min: 0, required: true})),
      'Accept…', data => ({
        title: 'Accept clocks that are ahead', path: '/clocks', body: {acceptAheadMillis: Number(data.get('seconds')) * 1000},
        confirm: 'Accept them',
      })));
}

function loggers() {
  return part('Log', 'What the node behind this page logs: lines of this level and of worse ones, until its process ends.',
    form(h('label', {}, 'Level ', h('select', {name: 'threshold'}, THRESHOLDS.map(level =>
      h('option', {selected: level === 'INFO'}, level)))),
    'Set…', data => ({title: 'Set the threshold of the log', path: '/loggers', body: {threshold: data.get('threshold')}, confirm: 'Set it'})));
}

function part(title, explanation, ...content) {
  return h('section', {}, h('h3', {}, title), h('p', {class: 'faint'}, explanation), content);
}

function form(fields, button, toAct) {
  return h('form', {onsubmit: event => {
    event.preventDefault();
    proposeAct(toAct(new FormData(event.target)));
  }}, fields, h('button', {type: 'submit'}, button));
}

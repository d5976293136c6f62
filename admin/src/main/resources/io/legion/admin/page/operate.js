// Acts on the whole cluster.
import {actButton, proposeAct} from './acts.js';
import {read} from './api.js';
import {h} from './dom.js';
import {once} from './facts.js';
import {short} from './format.js';

const LEVELS = ['SEVERE', 'WARNING', 'INFO', 'FINE', 'FINER'];

export function operatePanel() {
  return {
    title: 'Operate',
    open: body => once(() => read('/cluster'), body, ({nodes}) => [rebalancing(), force(nodes), clocks(), loggers()]),
  };
}

function rebalancing() {
  return part('Rebalancing', 'Moves shards between nodes so that each has its share. Paused, nothing is moved for that reason.',
    h('p', {class: 'buttons'},
      actButton('Pause…', {title: 'Pause rebalancing', path: '/rebalancing/pause', confirm: 'Pause it'}),
      actButton('Resume…', {title: 'Resume rebalancing', path: '/rebalancing/resume', confirm: 'Resume it'})));
}

function force(nodes) {
  return part('A majority is lost', 'Gives up nodes that will never come back, so that their shards go on with what is left. '
    + 'What only those nodes held is gone. First look whether one of them can be started again.',
  form(nodes.filter(({self, status}) => !self && status !== 'GONE').map(({node, address}) =>
    h('label', {class: 'choice'}, h('input', {type: 'checkbox', name: 'lost', value: node}), ` ${short(node)} at ${address}`)),
  'Force…', data => ({
    title: 'Force a change without a majority', path: '/force', body: {lost: data.getAll('lost')}, confirm: 'Give up these nodes',
  })));
}

function clocks() {
  return part('Clocks ahead',
    'Takes events whose times are ahead of the clocks here. Set the wrong clock right instead, if you can: this is for good.',
    form(h('label', {}, 'Up to how many seconds ahead ', h('input', {name: 'seconds', type: 'number', min: 1, required: true})),
      'Accept…', data => ({
        title: 'Accept clocks that are ahead', path: '/clocks', body: {acceptAheadMillis: Number(data.get('seconds')) * 1000},
        confirm: 'Accept them',
      })));
}

function loggers() {
  return part('Log level', 'Of the node behind this page, until it stops.',
    form([
      h('label', {}, 'Logger ', h('input', {name: 'name', value: 'io.legion', required: true, spellcheck: 'false'})),
      h('label', {}, 'Level ', h('select', {name: 'level'}, LEVELS.map(level => h('option', {selected: level === 'INFO'}, level)))),
    ], 'Set…', data => ({
      title: 'Set a log level', path: '/loggers', body: {name: data.get('name'), level: data.get('level')}, confirm: 'Set it',
    })));
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

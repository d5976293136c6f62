// The details of a partition: its state, what is outstanding, where it can be found.
import {path, read} from './api.js';
import {h} from './dom.js';
import {facts, json, nodeLink, note, participants, shardLink, showing, some} from './facts.js';
import {bytes, dateAndTime, short} from './format.js';
import {follow} from './live.js';

export function partitionPanel([type = '', key = '']) {
  return {
    title: `${type} / ${key}`,
    open: body => follow(() => read(path(['partitions', type, key])), showing(body, view)),
  };
}

function view(partition) {
  return [
    !partition.exists && note('No event has changed this partition: its state is the initial one.'),
    facts(
      ['Shard', shardLink(partition.shard)],
      ['Answered by', nodeLink(partition.answeredBy)],
      ['Size', bytes(partition.stateBytes)],
      ['Tags', partition.tags.length === 0 ? 'none' : partition.tags.join(', '), 'Under what the index finds it']),
    partition.problem && note(`The node cannot tell it whole: ${partition.problem}`),
    h('h3', {}, 'State'),
    json(partition.state, 'State as JSON'),
    partition.stateShortened && note('The state is larger than what stands here.'),
    h('h3', {title: 'Events that do not have their place in history yet'},
      `Outstanding events: ${some(partition.outstanding.length, partition.outstandingMore)}`),
    partition.outstandingCut && note('There may be more: the node has looked at the oldest 10,000 events of its shard only, and the state may lack the others.'),
    partition.outstanding.length === 0
      ? h('p', {class: 'faint'}, 'None: all of its history is final.')
      : h('ol', {class: 'events'}, partition.outstanding.map(event)),
    participants(partition.participants),
  ];
}

function event({event, request, at, origin, payload}) {
  return h('li', {'data-key': event},
    h('p', {}, `${dateAndTime(at)}, first accepted by `, nodeLink(origin), `, request `, h('code', {title: request}, short(request))),
    payload === null ? h('p', {class: 'faint'}, 'The node cannot read it.') : json(payload, 'Event as JSON'));
}

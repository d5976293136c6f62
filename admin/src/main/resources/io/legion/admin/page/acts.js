// Acts: first what would happen and what it costs, then a button that names the act, then what has happened.
import {act} from './api.js';
import {byId, h, render} from './dom.js';
import {short, time} from './format.js';

const SENT_AND_NOT_ANSWERED = 504; // the service says in its message what is true
const FRESH = 30_000; // by an older dry run nobody decides: the cluster changes

/** A button that proposes an act: {title, path, body, confirm}. */
export function actButton(label, proposal) {
  return h('button', {type: 'button', title: proposal.title, onclick: () => proposeAct(proposal)}, label);
}

let proposed = null; // what the dialog is about: a late answer to another proposal is not shown
let ageing = null; // until the dry run that is shown is too old

/** Shows what the act would do; it is carried out only when a person then confirms it. */
export function proposeAct(proposal) {
  proposed = {...proposal}; // the same act may be proposed again
  byId('act-title').textContent = proposal.title;
  byId('act').showModal();
  dryRun(proposed);
}

async function dryRun(proposal) {
  show(h('p', {class: 'faint'}, 'Asking what this would do …'));
  const taken = Date.now();
  const {outcome, failure} = await ask(proposal, true);
  if (proposed !== proposal) {
    return;
  }
  if (failure) {
    show(h('p', {class: 'notice'}, failure.message), buttons(closing('Do nothing')));
  } else {
    showDryRun(proposal, outcome, taken);
  }
}

function showDryRun(proposal, outcome, taken) {
  const age = h('p', {class: 'faint'}, `As of ${time(taken)}. ${outcome.note}`);
  const outdated = () => show(view(outcome), age,
    h('p', {class: 'notice'}, `This is older than ${FRESH / 1000} s: ask again before you decide.`),
    buttons(h('button', {type: 'button', class: 'main', onclick: () => dryRun(proposal)}, 'Ask again'), closing('Do nothing')));
  const confirmed = ({detail}) => {
    if (Date.now() - taken > FRESH) { // a machine that sleeps does not count the time
      outdated();
    } else if (detail < 2) { // the second click of two was meant for the button that stood here before
      carryOut(proposal);
    }
  };
  show(view(outcome), age,
    buttons(h('button', {type: 'button', class: 'danger', onclick: confirmed}, proposal.confirm), closing('Do nothing')));
  ageing = setTimeout(outdated, FRESH - (Date.now() - taken));
}

async function carryOut(proposal) {
  show(h('p', {class: 'faint'}, 'Under way … It goes on if you close this.'));
  const {outcome, failure} = await ask(proposal, false);
  if (proposed === proposal) {
    show(failure ? failed(failure) : view(outcome), buttons(closing('Close')));
  }
}

function ask({path, body}, isDryRun) {
  return act(path, body, isDryRun).then(outcome => ({outcome}), failure => ({failure}));
}

function failed({message, isRefusal, isOfService, status}) {
  if (isRefusal) {
    return h('p', {class: 'notice'}, message);
  }
  const timeline = h('a', {href: '#timeline', onclick: () => byId('act').close()}, 'timeline');
  return h('p', {class: 'notice'}, h('b', {}, 'Outcome unknown'), ': ', isOfService && status === SENT_AND_NOT_ANSWERED
    ? [message, ' The ', timeline, ' shows what has happened.']
    : [`${message}. The service may carry out the order, in whole or in part. Look at the `, timeline, ' before you give it again.']);
}

function view({dryRun, what, done, refused}) {
  return [
    h('p', {class: 'what'}, what),
    done.length > 0 && list(dryRun ? 'This would be done' : 'Done', done),
    refused.length > 0 && list(dryRun ? 'This would be refused' : 'Refused', refused),
  ];
}

function list(title, entries) {
  return [h('h3', {}, `${title} (${entries.length})`), h('ul', {class: 'outcome'}, entries.map(({node, shard, what}) => h('li', {},
    h('span', {class: 'faint'}, place(node, shard), ' '), what)))];
}

function place(node, shard) {
  return [node && `node ${short(node)}`, shard !== null && `shard ${shard}`].filter(Boolean).join(', ');
}

const buttons = (...all) => h('p', {class: 'buttons'}, all);

const closing = label => h('button', {type: 'button', onclick: () => byId('act').close()}, label);

// New elements each time: a second click cannot meet a button that has become another one.
function show(...content) {
  clearTimeout(ageing);
  byId('act-body').replaceChildren();
  render(byId('act-body'), ...content);
}

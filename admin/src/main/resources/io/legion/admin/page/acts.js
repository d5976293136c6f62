// Acts: first what would happen and what it costs, then a button that names the act, then what has happened.
import {act} from './api.js';
import {byId, h, render} from './dom.js';
import {short} from './format.js';

/** A button that proposes an act: {title, path, body, confirm}. */
export function actButton(label, proposal) {
  return h('button', {type: 'button', title: proposal.title, onclick: () => proposeAct(proposal)}, label);
}

let proposed = null; // what the dialog is about: a late answer to another proposal is not shown

/** Shows what the act would do; it is carried out only when a person then confirms it. */
export async function proposeAct(proposal) {
  proposed = proposal;
  byId('act-title').textContent = proposal.title;
  show(h('p', {class: 'faint'}, 'Asking what this would do …'));
  byId('act').showModal();
  const answer = await ask(proposal, true);
  const confirm = h('button', {type: 'button', class: 'danger', onclick: () => carryOut(proposal)}, proposal.confirm);
  if (proposed === proposal) {
    show(answer.view, buttons(answer.accepted && confirm, 'Do nothing'));
  }
}

async function carryOut(proposal) {
  show(h('p', {class: 'faint'}, 'Under way …'));
  const answer = await ask(proposal, false);
  if (proposed === proposal) {
    show(answer.view, buttons(null, 'Close'));
  }
}

function ask({path, body}, dryRun) {
  return act(path, body, dryRun).then(
    outcome => ({accepted: true, view: view(outcome)}),
    failure => ({accepted: false, view: h('p', {class: 'notice'}, failure.message)}));
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

function buttons(first, closing) {
  return h('p', {class: 'buttons'}, first, h('button', {type: 'button', onclick: () => byId('act').close()}, closing));
}

// New elements each time: a second click cannot meet a button that has become another one.
function show(...content) {
  byId('act-body').replaceChildren();
  render(byId('act-body'), ...content);
}

// Looks up partitions: by key, by the beginning of their keys, and by tag in the index.
import {path, read} from './api.js';
import {h, render} from './dom.js';
import {note, once, partitionLink, shardLink} from './facts.js';

const PAGE = 50;

export function findPanel() {
  return {title: 'Find a partition', open: body => once(() => read('/types'), body, ({types}) => forms(types))};
}

function forms(types) {
  if (types.length === 0) {
    return note('This cluster has no partition types.');
  }
  const indexed = types.filter(({hasIndex}) => hasIndex);
  return [
    form('By key', types, [field('key', 'Key', true)], 'Show', ({type, key}) => {
      location.hash = `#/partition/${encodeURIComponent(type)}/${encodeURIComponent(key)}`;
    }),
    form('Keys that begin with', types, [field('prefix', 'Beginning', false)], 'List',
      ({type, prefix}, results) => listKeys(results, type, prefix, null)),
    indexed.length === 0 ? note('No partition type has an index, so nothing can be searched by tag.')
      : form('Search the index', indexed, [field('after', 'Tags after', false)], 'Search',
        ({type, after}, results) => listRecords(results, type, {after})),
  ];
}

function field(name, label, required) {
  return h('label', {}, `${label} `, h('input', {name, required, autocomplete: 'off', spellcheck: 'false'}));
}

function form(title, types, fields, button, submit) {
  const results = h('div', {'aria-live': 'polite'});
  return h('form', {class: 'find', onsubmit: event => {
    event.preventDefault();
    submit(Object.fromEntries(new FormData(event.target)), results);
  }},
  h('h3', {}, title),
  h('label', {}, 'Type ', h('select', {name: 'type'}, types.map(({type}) => h('option', {}, type)))),
  fields, h('button', {type: 'submit'}, button), results);
}

async function listKeys(results, type, prefix, after) {
  await list(results, path(['partitions', type], {prefix, after, limit: PAGE}), ({keys, next, note: said}) => [
    said && note(said),
    entries(keys.map(({key, shard}) => [partitionLink(type, key), shardLink(shard)])),
    next && h('button', {type: 'button', onclick: () => listKeys(results, type, prefix, next)}, 'The next ones'),
  ]);
}

async function listRecords(results, type, from) {
  await list(results, path(['index'], {type, ...from, limit: PAGE}), ({records, next}) => [
    entries(records.map(({tag, key}) => [h('code', {}, tag), partitionLink(type, key)])),
    next && h('button', {type: 'button', onclick: () => listRecords(results, type, next)}, 'The next ones'),
  ]);
}

async function list(results, asked, view) {
  render(results, h('p', {class: 'faint'}, 'Searching …'));
  render(results, await read(asked).then(view, failure => note(failure.message)));
}

function entries(rows) {
  return rows.length === 0 ? h('p', {class: 'faint'}, 'None.') : h('ul', {class: 'found'}, rows.map(row => h('li', {}, row)));
}

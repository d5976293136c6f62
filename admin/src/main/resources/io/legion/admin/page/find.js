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
      ({type, prefix}, results) => listKeys(results, type, prefix || null, null)),
    indexed.length === 0 ? note('No partition type has an index, so there is no search by tags.')
      : form('Search the index', indexed, [field('from', 'From tag', false)], 'Search',
        ({type, from}, results) => listRecords(results, type, {after: from || null}, true)),
  ];
}

function field(name, label, required) {
  return h('label', {}, `${label} `, h('input', {name, required, autocomplete: 'off', spellcheck: 'false'}));
}

function form(title, types, fields, button, submit) {
  const results = h('div', {'aria-live': 'polite', tabindex: -1});
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
    page(keys.map(({key, shard}) => [partitionLink(type, key), shardLink(shard)]), after === null,
      next && (() => listKeys(results, type, prefix, next))),
  ]);
}

// From a tag, with the records of that tag; the service's `next` names a record, and leads to those after it.
async function listRecords(results, type, from, isFirst = false) {
  await list(results, path(['index'], {type, ...from, limit: PAGE}), ({records, next}) =>
    page(records.map(({tag, key}) => [h('code', {}, tag), partitionLink(type, key)]), isFirst,
      next && (() => listRecords(results, type, next))));
}

async function list(results, asked, view) {
  if (results.contains(document.activeElement)) {
    results.focus(); // the button that has the focus goes
  }
  render(results, h('p', {class: 'faint'}, 'Searching …'));
  render(results, await read(asked).then(view, failure => note(failure.message)));
}

function page(rows, isFirst, goOn) {
  return [
    rows.length > 0 && h('ul', {class: 'found'}, rows.map(row => h('li', {}, row))),
    goOn ? h('button', {type: 'button', onclick: goOn}, 'The next ones')
      : h('p', {class: 'faint'}, rows.length === 0 && isFirst ? 'None.' : 'The list ends here.'),
  ];
}

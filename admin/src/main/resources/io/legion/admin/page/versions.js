// Which versions of the partition types are active, and what the next ones wait for.
import {byId, h, render} from './dom.js';
import {nodeLink} from './facts.js';
import {plural} from './format.js';

const MOST = 20;

export function showVersions(versions) {
  render(byId('versions'),
    versions.length === 0 && h('p', {class: 'faint'}, 'No node says which are active.'),
    h('ul', {class: 'versions'}, versions.slice(0, MOST).map(entry)),
    versions.length > MOST && h('p', {class: 'faint'}, `and ${versions.length - MOST} more types: ./legion status --json lists all.`));
}

function entry({type, state, least, most, newest, indexing, announced, reason, next}) {
  return h('li', {'data-key': type},
    h('div', {class: 'line'},
      reason !== null && h('span', {class: 'sign warning'}, '!'),
      h('span', {}, type),
      h('span', {class: 'number'}, active(least, most), newest > most && h('span', {class: 'faint'}, most === 0 ? ` (${newest} ${FAR[state] ?? 'is announced'})` : ` of ${newest}`))),
    h('div', {class: 'faint'}, releases(announced)),
    indexing > 0 && h('p', {class: 'notice'}, `Its index is computed anew in ${plural(indexing, 'copy', 'copies')} of shards: searches wait.`),
    reason !== null && h('p', {class: 'notice'}, reason, h('b', {}, ' Next: '), next));
}

/** How far a version is that is active in no shard. */
const FAR = {LACKING: 'waits for nodes', HELD: 'is held', RISING: 'becomes active'};

function active(least, most) {
  if (most === 0) {
    return 'not active yet';
  }
  if (least === 0) {
    return `version ${most} in some shards`;
  }
  return least === most ? `version ${most}` : `versions ${least} to ${most}`;
}

/** Which nodes run which release of the service; nothing if no release has a name. */
function releases(announced) {
  const byRelease = Map.groupBy(announced, ({release}) => release);
  return announced.some(({release}) => release !== '') && [...byRelease].sort(([one], [other]) => one < other ? -1 : 1).map(([release, nodes], index) => [
    index > 0 && '; ', release === '' ? 'a release without a name' : release, ' on ',
    nodes.map(({node}, place) => [place > 0 && ', ', nodeLink(node)]),
  ]);
}

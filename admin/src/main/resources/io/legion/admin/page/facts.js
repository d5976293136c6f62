// Parts that several details share.
import {h, render} from './dom.js';
import {count, millis, short} from './format.js';

/** Names and values, one pair a line: [name, value, title]. Pairs without a value are left out. */
export function facts(...pairs) {
  return h('dl', {class: 'facts'}, pairs.filter(([, value]) => value !== null && value !== undefined).map(([name, value, title]) =>
    h('div', {title}, h('dt', {}, name), h('dd', {}, value))));
}

export const nodeLink = node => h('a', {href: `#/node/${node}`, title: node}, short(node));

export const shardLink = shard => h('a', {href: `#/shard/${shard}`}, `shard ${shard}`);

export const partitionLink = (type, key) =>
  h('a', {href: `#/partition/${encodeURIComponent(type)}/${encodeURIComponent(key)}`}, key === '' ? '(the empty key)' : key);

/** A table with these headings; each row is a list of cells. */
export function table(caption, headings, rows) {
  return h('table', {}, h('caption', {}, caption),
    h('thead', {}, h('tr', {}, headings.map(heading => h('th', {scope: 'col'}, heading)))),
    h('tbody', {}, rows.map(row => h('tr', {}, row.map(cell => h('td', {}, cell))))));
}

/** Why there is nothing to see, or no more. */
export const note = text => h('p', {class: 'notice'}, text);

export function participants(list) {
  return table('Participants', ['Node', 'In this epoch', 'Heard'], list.map(({node, entered, reachable, silentMillis}) => [
    nodeLink(node),
    entered ? 'entered' : 'not yet',
    reachable ? `${millis(silentMillis)} ago` : [h('span', {class: 'sign critical'}, '✕'),
      silentMillis === null ? 'not reachable' : `silent for ${millis(silentMillis)}`],
  ]));
}

/** What to do with each answer for a panel: show it, or say why there is none. */
export function showing(body, view) {
  return {
    onValue: value => render(body, view(value)),
    onFailure: failure => {
      if (failure.status !== 0) { // otherwise the banner says it, and what was there stays
        render(body, note(failure.message));
      }
    },
  };
}

/** Asks once, and shows the answer unless the details were closed meanwhile. Gives what closes them. */
export function once(ask, body, view) {
  let shown = true;
  ask().then(view, failure => note(failure.message)).then(content => shown && render(body, content));
  return () => { shown = false; };
}

/** JSON, indented. */
export const json = (value, title) => h('pre', {tabindex: 0, role: 'region', 'aria-label': title}, JSON.stringify(value, null, 2));

/** How many there are, when only some are here. */
export const some = (number, more) => more > 0 ? `${count(number)} of ${count(number + more)}` : count(number);

// The details at the side. The address after # says what they show, so that a link and the browser's "back" lead to them.
import {copiesPanel} from './copies.js';
import {byId, render} from './dom.js';
import {findPanel} from './find.js';
import {nodePanel} from './node.js';
import {operatePanel} from './operate.js';
import {partitionPanel} from './partition.js';
import {shardPanel} from './shard.js';

// Each makes {title, open}: `open` fills the element that it gets until the function that it returns is called.
const PANELS = {
  shard: shardPanel, node: nodePanel, partition: partitionPanel, find: findPanel, copies: copiesPanel, operate: operatePanel,
};

/** Shows what the address asks for, now and whenever it changes. `cluster` gives the latest answer of /cluster. */
export function showPanels(cluster) {
  let close = () => {};
  let opener = null;

  function go() {
    close();
    close = () => {};
    const asked = target();
    byId('panel').hidden = asked === null;
    document.body.classList.toggle('with-panel', asked !== null);
    if (asked === null) {
      if (!document.querySelector(':target')) { // else the address leads to a part of the page
        opener?.focus();
      }
      opener = null;
      return;
    }
    opener ??= document.activeElement;
    const body = byId('panel-body');
    render(body);
    byId('panel-title').textContent = asked.title;
    close = asked.open(body);
    byId('panel-title').focus();
  }

  function target() {
    const [kind, ...parts] = location.hash.startsWith('#/') ? location.hash.slice(2).split('/').map(decoded) : [''];
    return Object.hasOwn(PANELS, kind) ? PANELS[kind](parts, cluster) : null;
  }

  addEventListener('hashchange', go);
  addEventListener('keydown', event => {
    if (event.key === 'Escape' && !byId('panel').hidden && !document.querySelector('dialog[open]')) {
      location.hash = '#/';
    }
  });
  go();
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a person wrote it
  }
}

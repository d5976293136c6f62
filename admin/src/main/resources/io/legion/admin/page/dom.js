// Builds elements and brings them into the document. Text of the server goes in as text: there is no way here to give HTML.

const HANDLERS = ['onclick', 'onsubmit', 'onchange'];
const OWNED_BY_THE_USER = ['open'];

/** An element with attributes, handlers and children; null, undefined and false stand for nothing. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (HANDLERS.includes(name)) {
      element[name] = value;
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...nodes(children));
  return element;
}

/**
 * Makes the children of an element be these, and touches only what differs: focus, selection and scrolling stay. A child
 * with a `data-key` stays the element that it is, whatever comes before it.
 */
export function render(parent, ...children) {
  const wanted = nodes(children);
  const keyed = staying(parent, new Set(wanted.map(key)));
  let at = parent.firstChild; // what stands where the next child belongs
  for (const child of wanted) {
    const present = key(child) === undefined ? at : keyed.get(key(child));
    if (present && fits(present, child)) {
      keyed.delete(key(child));
      if (present !== at) {
        parent.insertBefore(present, at);
      }
      become(present, child);
      at = present.nextSibling;
    } else if (at === null || key(at) !== undefined) {
      parent.insertBefore(child, at);
    } else {
      at.replaceWith(child);
      at = child.nextSibling;
    }
  }
  while (at !== null) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

export const byId = id => document.getElementById(id);

function nodes(children) {
  return children.flat(Infinity)
    .filter(child => child !== null && child !== undefined && child !== false)
    .map(child => child instanceof Node ? child : document.createTextNode(String(child)));
}

const key = node => node.dataset?.key;

// The children with keys that are still wanted; the others go.
function staying(parent, wanted) {
  const keyed = new Map();
  for (const child of [...parent.children].filter(child => key(child) !== undefined)) {
    if (wanted.has(key(child)) && !keyed.has(key(child))) {
      keyed.set(key(child), child);
    } else {
      child.remove();
    }
  }
  return keyed;
}

function fits(present, wanted) {
  return present.nodeName === wanted.nodeName && key(present) === key(wanted);
}

function become(present, wanted) {
  if (present.nodeType === Node.TEXT_NODE) {
    if (present.data !== wanted.data) {
      present.data = wanted.data;
    }
    return;
  }
  for (const {name} of [...present.attributes]) {
    if (!wanted.hasAttribute(name) && !OWNED_BY_THE_USER.includes(name)) {
      present.removeAttribute(name);
    }
  }
  for (const {name, value} of wanted.attributes) {
    if (present.getAttribute(name) !== value && !OWNED_BY_THE_USER.includes(name)) {
      present.setAttribute(name, value);
    }
  }
  HANDLERS.forEach(name => { present[name] = wanted[name]; });
  render(present, ...wanted.childNodes);
}

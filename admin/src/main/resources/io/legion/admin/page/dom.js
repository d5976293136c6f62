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

/** Makes the children of an element be these, and touches only what differs: focus, selection and scrolling stay. */
export function render(parent, ...children) {
  const wanted = nodes(children);
  wanted.forEach((child, i) => {
    const present = parent.childNodes[i];
    if (!present) {
      parent.append(child);
    } else if (fits(present, child)) {
      become(present, child);
    } else {
      present.replaceWith(child);
    }
  });
  while (parent.childNodes.length > wanted.length) {
    parent.lastChild.remove();
  }
}

export const byId = id => document.getElementById(id);

function nodes(children) {
  return children.flat(Infinity)
    .filter(child => child !== null && child !== undefined && child !== false)
    .map(child => child instanceof Node ? child : document.createTextNode(String(child)));
}

function fits(present, wanted) {
  return present.nodeName === wanted.nodeName && (present.dataset?.key === wanted.dataset?.key);
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

/**
 * An element: el('button', { class: 'button', onclick: save }, icon('save'), 'Save').
 * Names that begin with 'on' are listeners, booleans are set or left out, the rest are attributes.
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else if (typeof value === 'boolean') {
      element.toggleAttribute(key, value);
    } else if (value !== null && value !== undefined) {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/** An icon of the sprite at the top of index.html, hidden from screen readers: whatever holds it has a name. */
export function icon(name, ...classes) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', ['icon', ...classes].join(' '));
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

/** Writes a text only where it differs, so that nothing is laid out anew for the same words. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

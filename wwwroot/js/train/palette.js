const probe = document.createElement('span');
const found = new Map();

document.addEventListener('schemechange', () => found.clear());

/** The colour that a custom property of the style sheet has in the present theme, as a canvas wants it. */
export function colour(property) {
  if (!found.has(property)) {
    probe.style.color = `var(${property})`;
    document.body.append(probe);
    found.set(property, getComputedStyle(probe).color);
    probe.remove();
  }
  return found.get(property);
}

/** Pixels in a rem: text on a canvas grows with the rest of the page. */
export const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

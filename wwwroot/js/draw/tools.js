import { recall, remember } from '../storage.js';
import { shortcut } from '../shortcuts.js';

/** The buttons under the canvas, and the keys that do the same. Returns the width of the pen, as a function. */
export function attachTools(drawing) {
  const tools = document.getElementById('tools');
  const buttons = Object.fromEntries([...tools.querySelectorAll('[data-tool]')].map(button => [button.dataset.tool, button]));
  const actions = { undo: () => drawing.undo(), redo: () => drawing.redo(), clear: () => drawing.clear() };
  for (const [name, action] of Object.entries(actions)) {
    buttons[name].addEventListener('click', action);
  }

  // A button that has just done its last keeps the focus: it is not disabled but says that it does nothing.
  const show = () => {
    buttons.undo.setAttribute('aria-disabled', !drawing.canUndo);
    buttons.redo.setAttribute('aria-disabled', !drawing.canRedo);
    buttons.clear.setAttribute('aria-disabled', drawing.isEmpty);
  };
  drawing.addEventListener('change', show);
  drawing.addEventListener('extend', show);

  const widths = [...tools.querySelectorAll('input[name="width"]')];
  const chosen = () => widths.findIndex(input => input.checked);
  const stored = widths.find(input => input.value === recall('width'));
  if (stored) {
    stored.checked = true;
  }
  const step = by => {
    const input = widths[Math.min(widths.length - 1, Math.max(0, chosen() + by))];
    input.checked = true;
    remember('width', input.value);
  };
  for (const input of widths) {
    input.addEventListener('change', () => remember('width', input.value));
  }

  shortcut('Ctrl+Z', 'tools.undo', actions.undo, 'draw');
  shortcut('Ctrl+Shift+Z', 'tools.redo', actions.redo, 'draw');
  shortcut('Ctrl+Y', null, actions.redo, 'draw');
  shortcut('Delete', 'tools.clear', actions.clear, 'draw');
  shortcut('[', 'tools.thinner', () => step(-1), 'draw');
  shortcut(']', 'tools.thicker', () => step(1), 'draw');
  show();
  return () => Number(widths[chosen()].value);
}

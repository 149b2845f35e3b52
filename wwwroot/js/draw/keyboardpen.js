import { announce } from '../announce.js';
import { t } from '../strings.js';
import { side } from './ink.js';

const step = 7;
const fineStep = 2;
const directions = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Lets the keyboard draw: arrows move the pen, two at once move it aslant, Space puts it down and lifts it. */
export function attachKeyboardPen(canvas, cursor, drawing, width) {
  const at = { x: side / 2, y: side / 4 };
  const held = new Set();
  let down = false;

  const show = () => {
    cursor.style.translate = `${(at.x / side) * 100}cqw ${(at.y / side) * 100}cqw`;
    cursor.dataset.down = down;
  };

  const lift = () => {
    if (down) {
      down = false;
      drawing.end();
      show();
    }
  };

  const move = fine => {
    for (const key of held) {
      const [x, y] = directions[key];
      at.x = Math.min(side, Math.max(0, at.x + x * (fine ? fineStep : step)));
      at.y = Math.min(side, Math.max(0, at.y + y * (fine ? fineStep : step)));
    }
    if (down) {
      drawing.extend([{ ...at, width: width() }]);
    }
    show();
  };

  const toggle = () => {
    if (down) {
      lift();
    } else if (!drawing.isOpen) {
      down = true;
      drawing.begin({ ...at, width: width() });
      show();
    }
    announce(t(down ? 'pen.down' : 'pen.up'));
  };

  canvas.addEventListener('keydown', event => {
    if (event.key in directions && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      held.add(event.key);
      move(event.shiftKey);
    } else if (event.key === ' ' && !event.repeat) {
      event.preventDefault();
      toggle();
    }
  });
  canvas.addEventListener('keyup', event => held.delete(event.key));
  canvas.addEventListener('blur', () => {
    held.clear();
    lift();
  });
  canvas.addEventListener('pointerdown', lift, { capture: true });
  show();
}

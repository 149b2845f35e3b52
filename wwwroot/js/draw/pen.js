import { side } from './ink.js';

/** After the pen was near, touches are the hand that rests on the screen: for this many milliseconds. */
const palmTime = 1000;

/**
 * Lets mouse, finger and pen draw on a canvas. One pointer draws at a time; a pen takes over from a finger.
 * @param {() => number} width The width of the pen, in a drawing's units, at medium pressure.
 */
export function attachPen(canvas, drawing, width) {
  let active = null;
  let lastPen = -palmTime;

  const pointOf = (event, box) => ({
    x: ((event.clientX - box.left) / box.width) * side,
    y: ((event.clientY - box.top) / box.height) * side,
    // Whatever feels no pressure reports one half, and so does a finger by some browsers, and nonsense by others.
    width: width() * (event.pointerType === 'pen' && event.pressure > 0 ? 0.5 + event.pressure : 1),
  });

  const accepts = event => {
    if (event.button !== 0 || !event.isPrimary) {
      return false;
    }
    const isPalm = event.pointerType === 'touch' && event.timeStamp - lastPen < palmTime;
    return !isPalm && (active === null || (event.pointerType === 'pen' && active.type === 'touch'));
  };

  const notePen = event => {
    if (event.pointerType === 'pen') {
      lastPen = event.timeStamp;
    }
  };

  canvas.addEventListener('pointerdown', event => {
    if (!accepts(event)) {
      return;
    }
    if (active !== null || drawing.isOpen) {
      drawing.cancel();
    }
    notePen(event);
    active = { id: event.pointerId, type: event.pointerType };
    canvas.setPointerCapture(event.pointerId);
    drawing.begin(pointOf(event, canvas.getBoundingClientRect()));
  });

  canvas.addEventListener('pointermove', event => {
    notePen(event);
    if (active?.id !== event.pointerId) {
      return;
    }
    const box = canvas.getBoundingClientRect();
    const events = event.getCoalescedEvents?.() ?? [];
    drawing.extend((events.length > 0 ? events : [event]).map(each => pointOf(each, box)));
  });

  canvas.addEventListener('pointerup', event => {
    if (active?.id === event.pointerId) {
      active = null;
      drawing.end();
    }
  });

  // The system took the pointer for a gesture of its own: what it left was not meant.
  canvas.addEventListener('pointercancel', event => {
    if (active?.id === event.pointerId) {
      active = null;
      drawing.cancel();
    }
  });

  canvas.addEventListener('contextmenu', event => event.preventDefault());
}

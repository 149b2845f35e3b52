import { drawInk, extendInk, finishInk, prepareInk } from './ink.js';

/** Shows a drawing on a canvas, in its theme's ink, with a pixel for every pixel that the screen has. */
export function showDrawing(canvas, drawing) {
  const context = canvas.getContext('2d');
  let drawn = 0;

  const redraw = () => {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    prepareInk(context, getComputedStyle(canvas).color);
    const finished = drawing.isOpen ? drawing.strokes.slice(0, -1) : drawing.strokes;
    drawInk(context, finished);
    drawn = 0;
    if (drawing.isOpen) {
      extend();
    }
  };

  // While a stroke is in the making only what is new is drawn, so that a long one stays as quick as a short one.
  const extend = () => {
    const points = drawing.strokes.at(-1);
    if (points.length === 1) {
      finishInk(context, points);
      drawn = 0;
    }
    extendInk(context, points, drawn);
    drawn = points.length;
  };

  drawing.addEventListener('extend', extend);
  drawing.addEventListener('change', redraw);
  document.addEventListener('schemechange', redraw);

  const observer = new ResizeObserver(([entry]) => {
    const box = entry.devicePixelContentBoxSize?.[0];
    const width = box?.inlineSize ?? Math.round(entry.contentRect.width * devicePixelRatio);
    if (width > 0 && width !== canvas.width) {
      canvas.width = canvas.height = width;
      redraw();
    }
  });
  try {
    observer.observe(canvas, { box: 'device-pixel-content-box' });
  } catch {
    // Safari has only the box in CSS's pixels, which does not tell of another zoom.
    observer.observe(canvas);
  }
}

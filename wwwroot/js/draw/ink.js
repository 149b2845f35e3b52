/** The side of a drawing, in the units of its points and widths; however large it is shown. */
export const side = 280;

const middle = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/**
 * Draws a stroke's points from an index on: quadratic curves from middle to middle with the points as controls, each as
 * wide as the pen was pressed. The last half segment waits for the next point, so that what is drawn never changes.
 */
export function extendInk(context, points, from = 0) {
  context.beginPath();
  for (let i = Math.max(from, 1); i < points.length; i++) {
    const control = points[i - 1];
    const isFirst = i === Math.max(from, 1);
    // One line for as long as the width is the same: where two lines meet, a seam would show.
    if (isFirst || control.width !== context.lineWidth) {
      context.stroke();
      context.beginPath();
      const start = i === 1 ? control : middle(points[i - 2], control);
      context.moveTo(start.x, start.y);
      context.lineWidth = control.width;
    }
    const end = middle(control, points[i]);
    context.quadraticCurveTo(control.x, control.y, end.x, end.y);
  }
  context.stroke();
}

/** Draws a stroke's end: the last half segment, or the dot that a tap leaves. */
export function finishInk(context, points) {
  const last = points.at(-1);
  if (points.length === 1) {
    context.beginPath();
    context.arc(last.x, last.y, last.width / 2, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  const start = middle(points.at(-2), last);
  context.beginPath();
  context.moveTo(start.x, start.y);
  context.lineTo(last.x, last.y);
  context.lineWidth = last.width;
  context.stroke();
}

/** Makes a context draw in a drawing's units, with a round pen. Sizing a canvas forgets it. */
export function prepareInk(context, colour) {
  const scale = context.canvas.width / side;
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.lineCap = context.lineJoin = 'round';
  context.strokeStyle = context.fillStyle = colour;
}

export function drawInk(context, strokes) {
  for (const points of strokes) {
    extendInk(context, points);
    finishInk(context, points);
  }
}

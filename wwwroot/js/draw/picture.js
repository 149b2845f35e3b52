import { drawInk, prepareInk, side } from './ink.js';

const largest = 4e6;
const longestSide = 2048;

const paper = new OffscreenCanvas(side, side);
const context = paper.getContext('2d', { willReadFrequently: true });

/** A drawing as a PNG of 280×280, white on black whatever the theme. */
export function pictureOf(drawing) {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = '#000';
  context.fillRect(0, 0, side, side);
  prepareInk(context, '#fff');
  drawInk(context, drawing.strokes);
  return paper.convertToBlob({ type: 'image/png' });
}

/**
 * A picture as it is sent: as it is, or made smaller if it is a large photo, of which the service would take its time, or
 * which it would not take at all.
 */
export async function reducePhoto(file) {
  if (file.size <= largest) {
    return file;
  }
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height));
    const canvas = new OffscreenCanvas(Math.max(1, bitmap.width * scale), Math.max(1, bitmap.height * scale));
    canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  } catch {
    // What the browser cannot read the service may, and otherwise says why not.
    return file;
  }
}

import { loadScript, loadStyle } from '../train/lazy.js';
import { TrainView } from '../train/trainview.js';

// What only this view needs comes with it, and is there before anything is shown.
await Promise.all([
  ...['lib/uplot/uPlot.min.css', 'css/train.css', 'css/trainform.css', 'css/trainrun.css', 'css/verdict.css'].map(loadStyle),
  ...['lib/uplot/uPlot.iife.min.js', 'lib/signalr/signalr.min.js'].map(loadScript),
]);

/** Train a network and watch it learn; look at earlier runs, and lay them over each other. */
export const mount = section => new TrainView(section);

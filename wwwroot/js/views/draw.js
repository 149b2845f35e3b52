import { AnswerPanel } from '../draw/answer.js';
import { showDrawing } from '../draw/canvas.js';
import { Correction } from '../draw/correction.js';
import { CorrectionKeys } from '../draw/correctionkeys.js';
import { Drawing } from '../draw/drawing.js';
import { attachIntake } from '../draw/intake.js';
import { attachKeyboardPen } from '../draw/keyboardpen.js';
import { attachPen } from '../draw/pen.js';
import { pictureOf } from '../draw/picture.js';
import { Pictures } from '../draw/pictures.js';
import { Predictor, predict } from '../draw/predictor.js';
import { Settings } from '../draw/settings.js';
import { attachTools } from '../draw/tools.js';
import { models } from '../models.js';
import { shortcut } from '../shortcuts.js';

/** Draw a digit, or bring a picture of one, and see at once what the network makes of it. */
export function mount(section) {
  const sheet = document.getElementById('sheet');
  const canvas = document.getElementById('canvas');
  const drawing = new Drawing();
  const corrections = new WeakMap();
  let outcome = null;

  const settings = new Settings(() => {
    if (!drawing.isEmpty) {
      predictor.now();
    }
    pictures.read();
    show();
  });
  const predictor = new Predictor(
    async signal => {
      const picture = await pictureOf(drawing);
      return { picture, answer: await predict(picture, settings.choice, signal) };
    },
    told => {
      outcome = told;
      show();
      // A model that is not known was activated by somebody else.
      if (told.answer && !models.find(told.answer.model)) {
        models.refresh().catch(() => {});
      }
    });
  const panel = new AnswerPanel(() => (pictures.selected ? pictures.read([pictures.selected]) : predictor.retry()));
  const pictures = new Pictures(() => settings.choice, () => show());
  const keys = new CorrectionKeys();

  // Strokes that come back by undo and redo are the same, and so is what was said of them.
  const correctionOf = ({ answer, picture }) => {
    if (!corrections.has(drawing.strokes)) {
      corrections.set(drawing.strokes, new Correction('drawn'));
    }
    const correction = corrections.get(drawing.strokes);
    correction.take(picture, answer.model);
    return correction;
  };

  // Either the drawing is what the panel answers, or a picture that lies on top of it.
  let subject = null;
  const note = () => {
    const card = pictures.selected;
    sheet.dataset.shows = card ? 'picture' : drawing.isEmpty ? 'nothing' : 'drawing';
    const isBusy = card ? card.outcome === null : predictor.isBusy;
    panel.wait(isBusy || drawing.isOpen, isBusy && !drawing.isOpen);
    keys.show(card ? card.correction : isBusy || drawing.isOpen || !outcome?.answer ? null : correctionOf(outcome));
  };
  const show = () => {
    const card = pictures.selected;
    if (card !== subject) {
      subject = card;
      panel.clear();
      showPicture(card);
    }
    panel.show(card ? card.outcome : outcome, card !== null || !drawing.isEmpty);
    note();
  };

  drawing.addEventListener('extend', () => {
    pictures.select(null);
    if (drawing.isMoreThanADot) {
      predictor.soon();
    }
    if (outcome === null) {
      show();
    } else {
      note();
    }
  });
  drawing.addEventListener('change', () => {
    pictures.select(null);
    if (drawing.isEmpty) {
      predictor.stop();
      outcome = null;
      show();
    } else {
      predictor.now();
      note();
    }
  });

  const width = attachTools(drawing);
  showDrawing(canvas, drawing);
  attachPen(canvas, drawing, width);
  attachKeyboardPen(canvas, document.getElementById('pen-cursor'), drawing, width);
  attachIntake(() => !section.hidden, files => pictures.add(files));
  shortcut('Escape', 'pictures.back', () => pictures.select(null), 'draw');
  document.getElementById('back').addEventListener('click', () => {
    pictures.select(null);
    canvas.focus();
  });

  // An answer is asked for again as soon as there is hope.
  addEventListener('online', () => outcome?.retryAt && predictor.retry());

  return {
    show(parameters) {
      settings.apply(parameters);
      models.refresh().catch(() => {});
    },
  };
}

function showPicture(card) {
  const image = document.getElementById('shown-picture');
  const frame = image.parentElement;
  frame.removeAttribute('data-broken');
  if (card === null) {
    image.removeAttribute('src');
  } else {
    image.onerror = () => frame.setAttribute('data-broken', '');
    image.src = card.url;
    image.alt = card.name;
  }
}

import { FeedbackView } from '../feedback/feedbackview.js';
import { loadStyles } from '../styles.js';

await loadStyles('models', 'models-dialogs', 'feedback');

/** The pictures that people have corrected: to look at, to set right, to take elsewhere, and to learn from. */
export const mount = section => new FeedbackView(section);

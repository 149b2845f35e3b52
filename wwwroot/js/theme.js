import { recall, remember } from './storage.js';
import { t } from './strings.js';

const system = matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;

const systemScheme = () => (system.matches ? 'dark' : 'light');

/** Follows the system until somebody chooses, and again once the choice is the system's. */
export function themeButton(button) {
  const show = scheme => {
    root.dataset.scheme = scheme;
    const label = t(scheme === 'dark' ? 'theme.toLight' : 'theme.toDark');
    button.setAttribute('aria-label', label);
    button.dataset.tooltip = label;
    for (const meta of document.querySelectorAll('meta[name="theme-color"]')) {
      meta.content = getComputedStyle(document.body).backgroundColor;
    }
    document.dispatchEvent(new Event('schemechange'));
  };

  button.addEventListener('click', () => {
    const chosen = root.dataset.scheme === 'dark' ? 'light' : 'dark';
    remember('scheme', chosen === systemScheme() ? null : chosen);
    show(chosen);
  });
  system.addEventListener('change', () => show(recall('scheme') ?? systemScheme()));
  document.addEventListener('languagechange', () => show(root.dataset.scheme));
}

/**
 * The views by name. A module exports mount(section), which fills its section once and returns
 * { show(parameters, rest), hide() }; `rest` is what follows the view's name: '#/models/20261121-090500-convnet'.
 */
const views = {
  draw: () => import('./views/draw.js'),
  train: () => import('./views/train.js'),
  models: () => import('./views/models.js'),
  feedback: () => import('./views/feedback.js'),
};

const first = 'draw';
const mounted = new Map();
let shown = null;
let address = '';

/** The view's name, what follows it, and the parameters of an address like '#/draw?model=a&preprocess=plain'. */
function parse(hash) {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [name, ...rest] = path.split('/');
  return { name: Object.hasOwn(views, name) ? name : first, rest: rest.join('/'), parameters: new URLSearchParams(query) };
}

function section(name) {
  const main = document.getElementById('main');
  const found = main.querySelector(`:scope > [data-view="${name}"]`);
  if (found) {
    return found;
  }
  const created = document.createElement('section');
  created.className = `view ${name}`;
  created.dataset.view = name;
  main.append(created);
  return created;
}

const tab = name => document.querySelector(`.tabs [data-tab="${name}"]`);

// A tab leads back to its view as it was left; inside the view, from one of its pages to the first.
function keepAddress(name, rest) {
  address = location.hash || `#/${name}`;
  tab(name)?.setAttribute('href', rest ? `#/${name}` : address);
}

async function route() {
  // Links inside the page, like the one that skips the header, are none of ours.
  if (location.hash && !location.hash.startsWith('#/')) {
    return;
  }
  const { name, rest, parameters } = parse(location.hash);
  if (!mounted.has(name)) {
    const module = await views[name]();
    // Whoever went on meanwhile is not called back.
    if (mounted.has(name) || parse(location.hash).name !== name) {
      return;
    }
    mounted.set(name, module.mount(section(name)));
  }
  if (shown !== name) {
    tab(shown)?.setAttribute('href', address);
    mounted.get(shown)?.hide?.();
    for (const other of document.querySelectorAll('#main > [data-view]')) {
      other.hidden = other.dataset.view !== name;
    }
    document.querySelector('.tabs [aria-current]')?.removeAttribute('aria-current');
    tab(name)?.setAttribute('aria-current', 'page');
    document.documentElement.dataset.view = name;
    shown = name;
  }
  mounted.get(name).show(parameters, rest);
  keepAddress(name, rest);
}

/** Changes the address of the view that is shown, without a step in the history: what it shows can be shared. */
export function replaceParameters(changes) {
  const { name, rest, parameters } = parse(location.hash);
  for (const [key, value] of Object.entries(changes)) {
    if (value) {
      parameters.set(key, value);
    } else {
      parameters.delete(key);
    }
  }
  const query = parameters.size ? `?${parameters}` : '';
  history.replaceState(null, '', `${location.pathname}${location.search}#/${name}${rest ? `/${rest}` : ''}${query}`);
  keepAddress(name, rest);
}

export function startRouter() {
  addEventListener('hashchange', route);
  return route();
}

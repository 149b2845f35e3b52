import { el, setText } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { showDiagram } from '../diagram.js';

// Those that the page has words of its own for, in every language.
const described = ['mlp', 'mlp-sigmoid', 'mlp-tanh', 'mlp-bn', 'lenet5', 'cnn', 'convnet', 'resnet', 'resnet-se'];

/** The networks to choose from, and what there is to know about the chosen one. */
export class NetworkPicker {
  element;
  #cards = el('div', { class: 'network-cards' });
  #about = el('p', { class: 'network-about' });
  #source = el('p', { class: 'network-source' });
  #figures = el('p', { class: 'network-figures' });
  #picture = el('img', { alt: '', decoding: 'async' });
  #link = el('a', { target: '_blank', class: 'architecture' }, this.#picture);
  #layers = el('table', { class: 'number-table' });
  #chosen;

  /** Settled once the diagram of the chosen network is there, as far as there is one. */
  drawn = Promise.resolve();

  /** @param {(name: string) => void} chosen Told when somebody has chosen another. */
  constructor(chosen) {
    this.#chosen = chosen;
    this.element = el('fieldset', { class: 'networks' },
      el('legend', { 'data-text': 'new.network' }),
      this.#cards,
      this.#about,
      this.#link,
      el('div', { class: 'network-facts' }, this.#figures, this.#source),
      el('details', { class: 'disclosure' },
        el('summary', { 'data-text': 'new.layers' }),
        el('div', { class: 'side-scroll', tabindex: '0', role: 'region', 'data-label': 'new.layers' }, this.#layers)));
  }

  offer(networks) {
    this.#cards.replaceChildren(...networks.map(({ name, parameters }) => el('label', { class: 'network-card' },
      el('input', { type: 'radio', name: 'network', value: name, onchange: () => this.#chosen(name) }),
      el('span', { class: 'network-name' }, name),
      el('span', { class: 'network-size' }, this.#size(parameters)))));
  }

  #size(parameters) {
    return t('new.parameters', { count: format.number({ notation: 'compact', maximumSignificantDigits: 3 }).format(parameters) });
  }

  /** Shows a network as the chosen one. */
  show(network) {
    for (const input of this.#cards.querySelectorAll('input')) {
      input.checked = input.value === network.name;
    }
    setText(this.#about, described.includes(network.name) ? t(`network.${network.name}`) : network.description);
    setText(this.#source, t('new.source', { source: network.source }));
    setText(this.#figures, t('new.figures', { parameters: format.count(network.parameters), multiplyAdds: format.count(network.multiplyAdds) }));
    this.#link.href = `networks/${encodeURIComponent(network.name)}/diagram`;
    this.#link.setAttribute('aria-label', t('new.diagram', { network: network.name }));
    this.drawn = showDiagram(this.#picture, network.name);
    this.#layers.replaceChildren(
      el('thead', {}, el('tr', {}, ...['layer', 'kind', 'output', 'parameters'].map(name => el('th', { scope: 'col', 'data-text': `layers.${name}` }, t(`layers.${name}`))))),
      el('tbody', {}, ...network.layers.map(layer => el('tr', {},
        el('th', { scope: 'row' }, layer.name), el('td', {}, layer.kind), el('td', {}, layer.output), el('td', {}, format.count(layer.parameters))))));
  }

}

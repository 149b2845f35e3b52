import { el, icon, setText } from '../dom.js';
import * as format from '../format.js';
import { t } from '../strings.js';
import { networks } from './networks.js';
import { percent, reasonOf } from './words.js';

const normalizations = ['mnist', 'unit', 'symmetric'];
const preprocessings = ['mnist', 'plain'];
const longestName = 200;

/** The form of an import: checked here as far as that is possible, with the service's word at the field that it is about. */
export class ImportForm {
  #file = null;
  #problems = {};
  #progress = el('p', { class: 'import-progress', role: 'status' });
  #bar = el('progress', { class: 'progress', max: 1, value: 0, hidden: true });
  #submit = el('button', { class: 'button primary', type: 'submit' }, t('import.run'));
  #input = el('input', { type: 'file', id: 'import-file', hidden: true, accept: '.pth,.pt,.bin', onchange: () => this.take(this.#input.files[0]) });
  #fileName = el('p', { class: 'dropzone-file' });
  #choose = el('button', { class: 'button small', type: 'button', 'aria-describedby': 'import-file-problem import-file-hint', onclick: () => this.#input.click() }, t('import.choose'));
  #network = el('select', { class: 'field', id: 'import-network', onchange: () => this.#describe() }, el('option', { value: '' }, t('import.network.choose')));
  #networkHint = el('p', { class: 'field-hint', id: 'import-network-hint' }, t('import.network.first'));
  #name = el('input', { class: 'field', id: 'import-name', type: 'text', maxlength: longestName, autocomplete: 'off' });
  #normalization = el('select', { class: 'field', id: 'import-normalization' },
    ...normalizations.map(name => el('option', { value: name }, t(`normalization.${name}`))));
  #known = [];

  constructor(file, onSubmit) {
    this.element = el('form', { class: 'dialog-form import', novalidate: true, onsubmit: event => this.#send(event, onSubmit) },
      this.#field('file', el('span', { class: 'field-name' }, t('import.file')),
        el('div', { class: 'dropzone' }, this.#input, this.#choose, this.#fileName, el('p', { class: 'field-hint', id: 'import-file-hint' }, t('import.drop')))),
      this.#field('network', label('network'), el('span', { class: 'select' }, this.#network, icon('down')), this.#networkHint),
      this.#field('name', label('name'), this.#name),
      el('div', { class: 'field-pair' },
        this.#field('normalization', label('normalization'), el('span', { class: 'select' }, this.#normalization, icon('down'))),
        this.#field('preprocess', el('span', { class: 'field-name', id: 'import-preprocess' }, t('import.preprocess')),
          el('div', { class: 'segments', role: 'radiogroup', 'aria-labelledby': 'import-preprocess' }, ...preprocessings.map((name, n) => el('label', {},
            el('input', { type: 'radio', name: 'import-preprocess', value: name, checked: n === 0 }), el('span', {}, t(`settings.${name}`))))))),
      el('div', { class: 'import-status' }, this.#progress, this.#bar),
      this.#field('form'),
      el('div', { class: 'dialog-actions' },
        el('button', { class: 'button', type: 'button', onclick: () => this.close('') }, t('cancel')),
        this.#submit));
    this.#listNetworks();
    this.take(file);
  }

  get content() {
    const form = new FormData();
    form.set('file', this.#file, this.#file.name);
    form.set('network', this.#network.value);
    form.set('name', this.#name.value);
    form.set('normalization', this.#normalization.value);
    form.set('preprocess', this.element.querySelector('[name="import-preprocess"]:checked').value);
    return form;
  }

  /** Takes a file; one whose name tells the network says so. */
  take(file) {
    if (file && !this.#isBusy) {
      this.#file = file;
      this.#fileName.textContent = `${file.name}, ${format.bytes(file.size)}`;
      setText(this.#choose, t('import.change'));
      this.#say('file', '');
      this.#guess();
    }
  }

  showSent(share) {
    this.#bar.hidden = false;
    this.#bar.value = share;
    setText(this.#progress, share < 1 ? t('import.sending', { share: percent(Math.floor(share * 100) / 100) }) : t('import.checking'));
  }

  /** Says what is wrong at the field that it is about: one of the form, or 'form' for the whole of it. */
  showProblem(field, text) {
    this.#busy(false);
    this.#say(field, text);
    ({ file: this.#choose, network: this.#network, name: this.#name, normalization: this.#normalization }[field] ?? this.#submit).focus();
  }

  close(answer = 'done') {
    this.element.closest('dialog')?.close(answer);
  }

  get #isBusy() {
    return this.#submit.getAttribute('aria-disabled') === 'true';
  }

  #busy(isBusy) {
    this.#submit.setAttribute('aria-disabled', String(isBusy));
    this.element.setAttribute('aria-busy', String(isBusy));
    this.#bar.hidden = !isBusy;
    setText(this.#progress, '');
  }

  #send(event, onSubmit) {
    event.preventDefault();
    for (const field of Object.keys(this.#problems)) {
      this.#say(field, '');
    }
    if (this.#file === null) {
      this.showProblem('file', t('import.noFile'));
    } else if (this.#network.value === '') {
      this.showProblem('network', t('import.noNetwork'));
    } else if (!this.#isBusy) {
      this.#busy(true);
      onSubmit(this);
    }
  }

  #field(name, ...content) {
    this.#problems[name] = el('p', { class: 'field-problem', id: `import-${name}-problem`, role: 'alert' });
    return el('div', { class: 'import-field' }, ...content, this.#problems[name]);
  }

  #say(field, text) {
    setText(this.#problems[field], text);
    const control = this.element.querySelector(`#import-${field}`);
    control?.setAttribute('aria-invalid', String(text !== ''));
    control?.setAttribute('aria-describedby', `import-${field}-problem import-${field}-hint`);
  }

  async #listNetworks() {
    this.#known = await networks().catch(error => {
      this.#say('network', reasonOf(error));
      return [];
    });
    this.#network.append(...this.#known.map(network => el('option', { value: network.name }, network.name)));
    this.#guess();
  }

  #guess() {
    const named = this.#known.map(network => network.name).filter(name => this.#file?.name.toLowerCase().includes(name));
    if (this.#network.value === '' && named.length > 0) {
      this.#network.value = named.sort((a, b) => b.length - a.length)[0];
    }
    this.#describe();
  }

  #describe() {
    const network = this.#known.find(each => each.name === this.#network.value);
    setText(this.#networkHint, network
      ? t('import.network.hint', { description: network.description, parameters: format.count(network.parameters) })
      : t('import.network.first'));
  }
}

const label = name => el('label', { class: 'field-name', for: `import-${name}` }, t(`import.${name}`));

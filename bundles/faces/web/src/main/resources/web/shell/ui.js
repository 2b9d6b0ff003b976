/**
 * Components that modules share: toasts, dialogs, form fields.
 * @module shell/ui
 */
import { el, fill, icon } from './dom.js';

/** How long a toast stays, in milliseconds; errors and toasts with an action stay longer. */
const BRIEF = 5000;
const LONG = 10000;

/**
 * The toast region. Toasts wait while the pointer or the focus is on them.
 *
 * @param {Function} t the shell's translator
 */
export function createToasts(t) {
  const polite = el('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' });
  const urgent = el('div', { class: 'toasts', role: 'alert', 'aria-live': 'assertive' });
  const node = el('div', { class: 'toast-region' }, polite, urgent);

  /**
   * Says something.
   *
   * @param {string} message
   * @param {{error?: boolean, action?: {label: string, run: () => void}}} [options]
   * @returns {() => void} takes it away
   */
  function toast(message, { error = false, action } = {}) {
    let timer = 0;
    const close = () => {
      clearTimeout(timer);
      item.remove();
    };
    const item = el('div', { class: error ? 'toast error' : 'toast' },
      el('span', { class: 'toast-text', text: message }),
      action && el('button', {
        class: 'toast-action', type: 'button', text: action.label,
        onclick: () => {
          close();
          action.run();
        },
      }),
      el('button', { class: 'icon-button small', type: 'button', 'aria-label': t('dismiss'), onclick: close },
        icon('close')));
    const start = () => {
      clearTimeout(timer);
      timer = setTimeout(close, error || action ? LONG : BRIEF);
    };
    for (const event of ['pointerenter', 'focusin']) item.addEventListener(event, () => clearTimeout(timer));
    for (const event of ['pointerleave', 'focusout']) item.addEventListener(event, start);
    // What was just said matters less than what is said now; a choice or an error stays for its time.
    if (!error && !action) polite.querySelectorAll('.toast:not([data-keep])').forEach((old) => old.remove());
    if (action) item.dataset.keep = '';
    (error ? urgent : polite).append(item);
    start();
    return close;
  }
  return { node, toast };
}

/**
 * Asks before something that cannot be undone.
 *
 * @param {{title: string, text: string, confirm: string, cancel: string, danger?: boolean}} of
 * @returns {Promise<boolean>}
 */
export function confirmDialog(of) {
  return new Promise((resolve) => {
    const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': 'dialog-title', 'aria-describedby': 'dialog-text' },
      el('h2', { id: 'dialog-title', text: of.title }),
      el('p', { id: 'dialog-text', text: of.text }),
      el('div', { class: 'dialog-actions' },
        el('button', { class: 'button', type: 'button', autofocus: true, text: of.cancel, onclick: () => dialog.close('no') }),
        el('button', {
          class: of.danger ? 'button danger' : 'button primary', type: 'button', text: of.confirm,
          onclick: () => dialog.close('yes'),
        })));
    dialog.addEventListener('click', (event) => event.target === dialog && dialog.close('no'));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

let serial = 0;

/**
 * A labelled field with room for a hint and an error.
 *
 * @param {{label: string, name: string, type?: string, value?: string, hint?: string,
 *     autocomplete?: string, required?: boolean, reveal?: {show: string, hide: string},
 *     options?: Array<{value: string, label: string}>, attributes?: Object<string, *>}} of `reveal` adds a button that
 *     shows a password; with `options` one of them is chosen
 * @returns {{node: HTMLElement, input: HTMLInputElement|HTMLSelectElement, error: (message: string) => void}}
 */
export function field(of) {
  const id = `f${++serial}-${of.name}`;
  const hint = of.hint ? el('p', { class: 'hint', id: `${id}-hint`, text: of.hint }) : null;
  const problem = el('p', { class: 'field-error', id: `${id}-error` });
  problem.hidden = true;
  const described = [hint && hint.id, problem.id].filter(Boolean).join(' ');
  const common = { id, name: of.name, required: of.required, 'aria-describedby': described, ...of.attributes };
  const input = of.options
    ? el('select', { class: 'select', ...common }, of.options.map(({ value, label }) => el('option', { value, text: label })))
    : el('input', { type: of.type ?? 'text', value: of.value ?? '', autocomplete: of.autocomplete, ...common });
  const box = el('div', { class: 'input-box' }, input);
  if (of.reveal) {
    const button = el('button', {
      class: 'icon-button', type: 'button', 'aria-pressed': 'false', 'aria-label': of.reveal.show,
      onclick: () => {
        const shown = input.type === 'password';
        input.type = shown ? 'text' : 'password';
        button.setAttribute('aria-pressed', String(shown));
        button.setAttribute('aria-label', shown ? of.reveal.hide : of.reveal.show);
      },
    }, icon('eye'));
    box.append(button);
  }
  const error = (message) => {
    problem.hidden = !message;
    fill(problem, message ? icon('alert') : null, message);
    if (message) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  };
  input.addEventListener('input', () => error(''));
  return { node: el('div', { class: 'field' }, el('label', { for: id, text: of.label }), box, hint, problem), input, error };
}

/**
 * A form that shows problems beside their fields and everything else above the button, and cannot be
 * sent twice at once.
 *
 * @param {{fields: Array<ReturnType<typeof field>>, submit: string, send: (values: Object<string, string>) => Promise<void>,
 *     explain?: (problem: Error) => string, check?: (values: object) => Object<string, string>, intro?: Node, extra?: Node,
 *     cancel?: {label: string, run: () => void}}} of `explain` words a problem that belongs to no field; `check` finds
 *     problems before sending, by field; `intro` stands before the fields, `extra` after them; `cancel` is a second button
 * @returns {HTMLFormElement}
 */
export function form(of) {
  const alert = el('p', { class: 'form-error', role: 'alert' });
  alert.hidden = true;
  const button = el('button', { class: 'button primary wide', type: 'submit', text: of.submit });
  const say = (message) => {
    alert.hidden = !message;
    fill(alert, message);
  };
  const cancel = of.cancel && el('button', { class: 'button', type: 'button', text: of.cancel.label, onclick: of.cancel.run });
  const node = el('form', { class: 'form', novalidate: true, action: '/', method: 'post' },
    of.intro, of.fields.map((f) => f.node), of.extra, alert, el('div', { class: 'form-actions' }, button, cancel));
  const mark = (errors) => {
    const wrong = of.fields.filter((f) => errors[f.input.name]);
    wrong.forEach((f) => f.error(errors[f.input.name]));
    wrong[0]?.input.focus();
    return wrong.length > 0;
  };
  node.addEventListener('submit', async (event) => {
    event.preventDefault();
    // Not `disabled`: that would take the focus away.
    if (node.getAttribute('aria-busy')) return;
    say('');
    const values = Object.fromEntries(of.fields.map((f) => [f.input.name, f.input.value]));
    if (mark(of.check?.(values) ?? {})) return;
    node.setAttribute('aria-busy', 'true');
    button.setAttribute('aria-disabled', 'true');
    try {
      await of.send(values);
    } catch (problem) {
      const errors = Object.fromEntries((problem.errors ?? []).map((e) => [e.pointer.slice(1), e.detail]));
      if (!mark(errors)) say(of.explain?.(problem) || problem.message);
    } finally {
      node.removeAttribute('aria-busy');
      button.removeAttribute('aria-disabled');
    }
  });
  return node;
}

/**
 * What pages of settings are made of: panels, lists of things that can be taken away, forms behind a button.
 * @module shell/panels
 */
import { el, fill, icon } from './dom.js';

let serial = 0;

/**
 * A panel: one subject, named by its heading.
 *
 * @param {{title: string, hint?: string, state?: string}} of `hint` says what it is for, `state` stands
 *     beside the heading
 * @param {...(Node|string|null|false)} children
 * @returns {HTMLElement}
 */
export function panel(of, ...children) {
  const id = `panel-${++serial}`;
  return el('section', { class: 'card panel', 'aria-labelledby': id },
    el('div', { class: 'panel-head' },
      el('h2', { id, text: of.title }), of.state && el('span', { class: 'badge', text: of.state })),
    of.hint && el('p', { class: 'muted panel-hint', text: of.hint }),
    ...children);
}

/**
 * A list of things, each with a button at its end.
 *
 * @param {Array<{icon?: string, title: string, badge?: string, about: string, action?: string, actionLabel?: string,
 *     run?: () => void}>} items `actionLabel` names the thing as well, for who does not see the line
 * @returns {HTMLElement}
 */
export function lines(items) {
  return el('ul', { class: 'lines' }, items.map((item) => el('li', { class: 'line' },
    item.icon && el('span', { class: 'line-mark' }, icon(item.icon)),
    el('div', { class: 'line-what' },
      el('p', { class: 'line-title' }, el('strong', { text: item.title }), item.badge && el('span', { class: 'badge', text: item.badge })),
      el('p', { class: 'muted small-text', text: item.about })),
    item.action && el('button', {
      class: 'button small', type: 'button', text: item.action, 'aria-label': item.actionLabel, onclick: item.run,
    }))));
}

/**
 * A button that opens something in its place, most often a form. The focus goes with it, and comes back when it is closed.
 *
 * @param {{label: string, primary?: boolean, open: (close: () => void) => Node|null|Promise<Node|null>}} of with null
 *     nothing is opened
 * @returns {HTMLElement}
 */
export function opener(of) {
  const node = el('div', { class: 'opener' });
  const button = el('button', {
    class: of.primary ? 'button primary' : 'button', type: 'button', text: of.label,
    async onclick() {
      if (button.getAttribute('aria-busy')) return;
      button.setAttribute('aria-busy', 'true');
      try {
        const opened = await of.open(close);
        if (opened) show(opened);
      } finally {
        button.removeAttribute('aria-busy');
      }
    },
  });
  function show(opened) {
    fill(node, opened);
    focusFirst(node);
  }
  function close() {
    const inside = node.contains(document.activeElement) || document.activeElement === document.body;
    fill(node, button);
    if (inside) button.focus();
  }
  fill(node, button);
  return node;
}

/**
 * Moves the focus to the first field of something, else to its first button.
 *
 * @param {Element} node
 */
export function focusFirst(node) {
  const shown = (css) => [...node.querySelectorAll(css)].find((found) => found.offsetParent && found.tabIndex >= 0);
  (shown('input, select') ?? shown('button, a[href]'))?.focus();
}

/**
 * A secret that is shown once, with what one does with it.
 *
 * @param {{label: string, text: string, copy: string, run: () => void}} of `copy` names the button
 * @returns {HTMLElement}
 */
export function secret(of) {
  const box = el('input', {
    type: 'text', class: 'secret', readonly: true, value: of.text, 'aria-label': of.label, autocomplete: 'off', spellcheck: 'false',
    onfocus: () => box.select(),
  });
  return el('div', { class: 'secret-row' },
    el('div', { class: 'input-box' }, box),
    el('button', { class: 'button', type: 'button', onclick: of.run }, icon('copy'), of.copy));
}

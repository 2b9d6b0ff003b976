/**
 * What the panels share.
 * @module profile/panel
 */

/**
 * A panel.
 *
 * @param {object} shell
 * @param {string} title
 * @param {...*} children
 */
export function section(shell, title, ...children) {
  const { el } = shell.ui;
  return el('section', { class: 'card stack' }, el('h2', { text: title }), ...children);
}

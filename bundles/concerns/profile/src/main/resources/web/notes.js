/**
 * The panel of the staff's notes about the own account; absent while there are none.
 * @module profile/notes
 */
import words from './notes-messages.js';
import { section } from './panel.js';

/**
 * Draws the panel.
 *
 * @param {object} shell
 * @param {{signal: AbortSignal}} context
 */
export async function notesPanel(shell, context) {
  const { items } = await shell.api.get('/api/notes', { signal: context.signal });
  if (items.length === 0) return null;
  const { el } = shell.ui;
  const t = shell.translator(words);
  return section(shell, t('title'),
    el('p', { class: 'muted small-text', text: t('hint') }),
    items.map((note) => el('div', {},
      el('p', { class: 'muted small-text', text: shell.format.date(note.created) }),
      note.text.split('\n').map((line) => el('p', { text: line })))));
}

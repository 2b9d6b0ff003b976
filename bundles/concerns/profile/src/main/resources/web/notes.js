/**
 * The panel of the staff's notes about the own account; absent while there are none.
 * @module profile/notes
 */
import words from './notes-messages.js';

/**
 * Draws the panel.
 *
 * @param {object} shell
 * @param {{signal: AbortSignal}} context
 */
export async function notesPanel(shell, context) {
  const { items } = await shell.api.get('/api/notes', { signal: context.signal });
  if (items.length === 0) return null;
  const { el, panel } = shell.ui;
  const t = shell.translator(words);
  return panel({ title: t('title'), hint: t('hint') }, items.map((note) => el('div', { class: 'note' },
    el('p', { class: 'muted small-text', text: shell.format.date(note.created) }),
    note.text.split('\n').map((line) => el('p', { text: line })))));
}

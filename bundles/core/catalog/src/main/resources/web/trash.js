/**
 * The trash.
 * @module tracks/trash
 */
import { askForGood, restore } from './playable.js';

/**
 * The page of the trash.
 *
 * @param {{shell: object, t: Function}} library
 * @param {object} context of the route
 */
export async function trashView({ shell, t }, context) {
  const { el, fill, icon } = shell.ui;
  const { signal } = context;
  const list = el('ul', { class: 'tracks', 'aria-label': t('trash') });
  const empty = el('p', { class: 'quiet small', text: t('trashEmpty') });
  const more = el('button', { class: 'button', type: 'button', text: t('more'), onclick: () => load() });
  let next = '';

  async function load() {
    const page = await shell.api.get('/api/tracks', { query: { trash: true, limit: 50, after: next }, signal });
    page.items.forEach((track) => list.append(row(track)));
    next = page.next ?? null;
    ends();
  }

  function ends() {
    empty.hidden = list.children.length > 0;
    more.hidden = !next;
  }

  function gone(node) {
    const neighbour = node.nextElementSibling ?? node.previousElementSibling;
    node.remove();
    ends();
    neighbour?.querySelector('button')?.focus();
  }

  async function forGood(track, node) {
    if (!(await askForGood(shell, t, track))) return;
    try {
      await shell.api.delete(`/api/tracks/${track.id}`, { query: { now: true } });
      gone(node);
      shell.toast(t('deletedForGood', { title: track.title }));
    } catch (problem) {
      shell.toast(problem.message, { error: true });
    }
  }

  function row(track) {
    const { title } = track;
    const times = { deleted: track.deletedAt && shell.format.ago(track.deletedAt), purge: track.purgeAt && shell.format.date(track.purgeAt) };
    let words = '';
    if (times.deleted) words = times.purge ? t('trashUntil', times) : t('trashSince', times);
    const node = el('li', { class: 'track in-trash' },
      el('div', { class: 'row-what' }, el('p', { class: 'row-title', text: title }), el('p', { class: 'row-under', text: words })),
      el('div', { class: 'row' },
        el('button', {
          class: 'button', type: 'button', 'aria-label': t('restoreTrack', { title }),
          onclick: async () => (await restore(shell, t, track)) && gone(node),
        }, icon('restore'), t('restore')),
        el('button', {
          class: 'link-button danger-text', type: 'button', text: t('deleteNow'), 'aria-label': t('deleteNowTrack', { title }),
          onclick: () => forGood(track, node),
        })));
    return node;
  }

  await load();
  return fill(el('section', {}), el('h1', { text: t('trashTitle') }),
    el('p', { class: 'muted trash-text', text: t('trashText') }), empty, list, el('p', { class: 'more' }, more));
}

/**
 * What the library does with a track wherever it is shown.
 * @module tracks/playable
 */

/**
 * A track for the shell's player.
 *
 * @param {object} shell
 * @param {object} track
 */
export function playable(shell, track) {
  return {
    id: track.id,
    title: track.title,
    artist: track.artist ?? '',
    href: `/tracks/${track.id}`,
    duration: track.durationSeconds ?? null,
    resolve: () => shell.api.post(`/api/tracks/${track.id}/url`, { disposition: 'inline' }),
  };
}

/** Whether there is something to play: a failed track's bytes cannot be decoded here either. */
export const canPlay = (track) => track.state !== 'failed';

/**
 * Saves the original file.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {object} track
 */
export async function download(shell, t, track) {
  try {
    const { url } = await shell.api.post(`/api/tracks/${track.id}/url`, { disposition: 'attachment' });
    const link = shell.ui.el('a', { href: url, download: true });
    document.body.append(link);
    link.click();
    link.remove();
  } catch (problem) {
    shell.toast(t('downloadFailed', { reason: problem.message }), { error: true });
  }
}

/** Whether a deleted track can be brought back here; the tenant's operator may change it at any time. */
async function hasTrash(shell) {
  const page = await shell.api.get('/api/tracks', { query: { trash: true, limit: 1 } });
  return page.trashKeep !== 'PT0S';
}

/**
 * Deletes a track: into the trash with a way back, or, where there is none, for good after asking.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {object} track
 * @param {{gone: () => void, back: (track: object) => void}} then `back` after an undo
 */
export async function remove(shell, t, track, then) {
  const { title } = track;
  let kept = true;
  try {
    kept = await hasTrash(shell);
    if (!kept && !(await askForGood(shell, t, track))) return;
    await shell.api.delete(`/api/tracks/${track.id}`);
  } catch (problem) {
    if (problem.status !== 404) {
      shell.toast(problem.message, { error: true });
      return;
    }
  }
  shell.player.drop(track.id);
  then.gone();
  if (!kept) {
    shell.toast(t('deletedForGood', { title }));
    return;
  }
  shell.toast(t('deleted', { title }), {
    action: {
      label: t('undo'),
      async run() {
        const restored = await restore(shell, t, track);
        if (restored) then.back(restored);
      },
    },
  });
}

/**
 * Takes a track out of the trash.
 *
 * @returns {Promise<object|null>} the track, null when it failed
 */
export async function restore(shell, t, track) {
  try {
    const answer = await shell.api.post(`/api/tracks/${track.id}/restore`);
    shell.toast(t('restored', { title: track.title }));
    return answer ?? track;
  } catch (problem) {
    shell.toast(problem.message, { error: true });
    return null;
  }
}

/** Asks before a track is deleted for good. */
export function askForGood(shell, t, track) {
  return shell.confirm({
    title: t('deleteForGoodTitle'),
    text: t('deleteForGoodText', { title: track.title }),
    confirm: t('deleteForGood'),
    danger: true,
  });
}

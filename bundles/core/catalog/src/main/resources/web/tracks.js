/**
 * The library: uploads, the list of tracks, the page of a track, the trash.
 * @module tracks
 */
import { createDock } from './dock.js';
import { createFollower } from './follow.js';
import { libraryView } from './library.js';
import messages from './messages.js';
import { trackView } from './track.js';
import { trashView } from './trash.js';
import { createUploads } from './upload.js';

/**
 * Registers the pages with the shell.
 *
 * @param {object} shell see README.md of faces/web
 */
export default async function register(shell) {
  await shell.addStyles(new URL('./tracks.css', import.meta.url).href);
  const t = shell.translator(messages);
  const follower = createFollower(shell.api);
  const uploads = createUploads({ problemOf: shell.problemOf });
  const dock = createDock({ shell, t, uploads, follower });
  shell.addDock(dock.node);
  document.body.append(dock.overlay, dock.picker);

  const library = { shell, t, uploads, follower, choose: dock.choose };
  shell.addNav({ href: '/tracks', label: t('library'), order: 10, signedIn: true, home: true });
  shell.addNav({ href: '/trash', label: t('trash'), order: 90, signedIn: true });
  shell.addRoute({ path: '/tracks', signedIn: true, view: (context) => libraryView(library, context) });
  shell.addRoute({ path: '/tracks/:id', signedIn: true, view: (context) => trackView(library, context) });
  shell.addRoute({ path: '/trash', signedIn: true, view: (context) => trashView(library, context) });

  shell.session.onChange((account) => {
    if (!account) {
      uploads.clear();
      follower.clear();
    }
  });
  addEventListener('beforeunload', (event) => {
    if (uploads.active) event.preventDefault();
  });
}

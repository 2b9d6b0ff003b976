/**
 * The page of the account.
 * @module profile
 */
import { accountView } from './account.js';
import { detailsPanel } from './details.js';
import { emailPanel, linkView } from './email.js';
import messages from './messages.js';
import { notesPanel } from './notes.js';

/**
 * Registers the page and its panels with the shell.
 *
 * @param {object} shell see README.md of faces/web
 */
export default async function register(shell) {
  const t = shell.translator(messages);
  await shell.addStyles(new URL('./profile.css', import.meta.url).href);
  shell.offerAccount({ href: '/account' });
  for (const path of ['/account', '/account/:group']) {
    shell.addRoute({ path, signedIn: true, view: (context) => accountView(shell, t, context) });
  }
  shell.addAccountPanel({ id: 'profile', group: 'profile', order: 10, view: (account, context) => detailsPanel(shell, t, account, context) });
  shell.addAccountPanel({ id: 'email', group: 'profile', order: 20, view: (account) => emailPanel(shell, t, account) });
  shell.addRoute({ path: '/email', view: () => linkView(shell, t, {
    title: 'confirmEmail', text: 'confirmEmailText', path: '/api/account/email/confirm',
    done: 'emailConfirmed', href: '/signin', words: 'signIn',
  }) });
  shell.addRoute({ path: '/email-undo', view: () => linkView(shell, t, {
    title: 'undoEmail', text: 'undoEmailText', path: '/api/account/email/undo',
    done: 'emailUndone', href: '/forgot', words: 'newPassword',
  }) });
  shell.addAccountPanel({ id: 'notes', group: 'profile', order: 80, view: (account, context) => notesPanel(shell, context) });
}

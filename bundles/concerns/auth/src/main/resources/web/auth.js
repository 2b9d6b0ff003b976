/**
 * The pages for signing up and in, and panels for the page of the account.
 * @module auth
 */
import { addPanels } from './account.js';
import messages from './messages.js';
import { askForProof } from './proof.js';
import { confirmView, forgotView, resetView } from './recover.js';
import { signInView, signUpView } from './sign.js';

/**
 * Registers the pages and panels with the shell.
 *
 * @param {object} shell see README.md of faces/web
 */
export default async function register(shell) {
  const t = shell.translator(messages);
  await shell.addStyles(new URL('./auth.css', import.meta.url).href);
  const signIn = (context) => signInView(shell, t, context);
  shell.offerSignIn({ href: '/signin', view: signIn });
  shell.addRoute({ path: '/signin', view: signIn });
  shell.addRoute({ path: '/signup', view: (context) => signUpView(shell, t, context) });
  shell.addRoute({ path: '/forgot', view: () => forgotView(shell, t) });
  shell.addRoute({ path: '/reset', view: () => resetView(shell, t) });
  shell.addRoute({ path: '/confirm', view: () => confirmView(shell, t) });
  shell.offerProof(() => askForProof(shell, t));
  addPanels(shell, t);
}

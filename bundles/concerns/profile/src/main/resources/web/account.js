/**
 * The page of the account: who it is, signing out, and the panels of every concern that is on.
 * @module profile/account
 */

/**
 * Draws the page.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {{signal: AbortSignal}} context
 */
export async function accountView(shell, t, context) {
  const { el } = shell.ui;
  const account = await shell.api.get('/api/account', { signal: context.signal });
  const panels = await Promise.all(shell.accountPanels().map((panel) => drawn(shell, t, panel, account, context)));
  return el('div', { class: 'account' },
    el('div', { class: 'account-head' },
      el('div', {}, el('h1', { text: t('account') }), el('p', { class: 'muted', text: account.email })),
      el('button', { class: 'button', type: 'button', text: t('signOut'), onclick: () => signOut(shell, t) })),
    panels);
}

/** A panel that fails says so in its place: the others are of use without it. */
async function drawn(shell, t, panel, account, context) {
  try {
    return await panel.view(account, context);
  } catch (failure) {
    if (context.signal.aborted) return null;
    console.error(`Panel ${panel.id}:`, failure);
    return shell.ui.el('section', { class: 'card stack', 'data-panel': panel.id },
      shell.ui.el('p', { class: 'field-error', text: failure.message || t('panelFailed') }));
  }
}

async function signOut(shell, t) {
  try {
    await shell.api.post('/api/auth/logout');
  } catch (problem) {
    if (problem.status !== 401) {
      shell.toast(problem.message, { error: true });
      return;
    }
  }
  shell.session.set(null);
  await shell.navigate('/', { replace: true });
  shell.toast(t('signedOut'));
}

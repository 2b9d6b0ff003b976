/**
 * The pages of the account: one for each group of panels, with a way to the others, and signing out.
 * @module profile/account
 */

/** The groups in their order; each is a page when there is a panel for it. The first is `/account` itself. */
const GROUPS = ['profile', 'security', 'apps', 'data'];

/**
 * Draws a page.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {{signal: AbortSignal, params: {group?: string}}} context
 */
export async function accountView(shell, t, context) {
  const { el } = shell.ui;
  const group = context.params.group ?? GROUPS[0];
  const all = shell.accountPanels();
  const groups = GROUPS.filter((name) => all.some((panel) => groupOf(panel) === name));
  if (!groups.includes(group)) throw new shell.Problem({ status: 404, code: 'not-found', message: t('panelFailed') });
  const account = await shell.api.get('/api/account', { signal: context.signal });
  shell.session.set(account);
  const panels = await Promise.all(all.filter((panel) => groupOf(panel) === group).map((panel) => drawn(shell, t, panel, account, context)));
  return el('div', { class: 'account' },
    el('nav', { class: 'account-nav', 'aria-label': t('account') },
      groups.map((name) => el('a', {
        href: name === GROUPS[0] ? '/account' : `/account/${name}`, text: t(`group-${name}`),
        'aria-current': name === group ? 'page' : null,
      }))),
    el('div', { class: 'account-main' },
      el('div', { class: 'account-head' },
        el('h1', { text: t(`group-${group}`) }),
        el('button', { class: 'button', type: 'button', text: t('signOut'), onclick: () => signOut(shell, t) }),
        el('p', { class: 'muted', text: account.email })),
      panels));
}

function groupOf(panel) {
  return GROUPS.includes(panel.group) ? panel.group : GROUPS[0];
}

/** A panel that fails says so in its place, and can be tried again: the others are of use without it. */
async function drawn(shell, t, panel, account, context) {
  try {
    return await panel.view(account, context);
  } catch (failure) {
    if (context.signal.aborted) return null;
    console.error(`Panel ${panel.id}:`, failure);
    const { el } = shell.ui;
    const again = el('button', { class: 'button', type: 'button', text: t('tryAgain'), async onclick() {
      const next = await drawn(shell, t, panel, account, context);
      if (!next) return;
      failed.replaceWith(next);
      shell.ui.focusFirst(next);
    } });
    const failed = shell.ui.panel({ title: t('panelFailed') },
      el('p', { class: 'field-error', text: failure.message }), el('div', {}, again));
    return failed;
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

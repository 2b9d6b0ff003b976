/**
 * The panels of this concern on the page of the account: password, where somebody is signed in.
 * @module auth/account
 */
import { LEAST_PASSWORD, passwordProblem, reveal } from './sign.js';

/**
 * Adds the panels.
 *
 * @param {object} shell
 * @param {Function} t
 */
export function addPanels(shell, t) {
  shell.addAccountPanel({ id: 'password', group: 'security', order: 30, view: (account) => password(shell, t, account) });
  shell.addAccountPanel({ id: 'sessions', group: 'security', order: 60, view: (account, context) => sessions(shell, t, context.signal) });
}

function password(shell, t, account) {
  const { opener, panel } = shell.ui;
  return panel({ title: t('password'), hint: t('changePasswordHint') },
    opener({ label: t('changePassword'), open: (close) => passwordForm(shell, t, account, close) }));
}

function passwordForm(shell, t, account, close) {
  const { el, field, form } = shell.ui;
  const current = field({
    label: t('currentPassword'), name: 'current', type: 'password', autocomplete: 'current-password', required: true,
    reveal: reveal(t),
  });
  const next = field({
    label: t('newPassword'), name: 'new', type: 'password', autocomplete: 'new-password', required: true,
    hint: t('passwordHint'), reveal: reveal(t), attributes: { minlength: LEAST_PASSWORD },
  });
  // Password managers need to see whose password it is.
  const owner = el('input', {
    type: 'email', name: 'username', autocomplete: 'username', value: account.email, readonly: true, tabindex: -1,
    class: 'visually-hidden', 'aria-hidden': 'true',
  });
  return form({
    fields: [current, next],
    submit: t('changePassword'),
    intro: owner,
    cancel: { label: t('cancel'), run: close },
    check: (values) => ({
      current: values.current ? '' : t('enterPassword'),
      new: passwordProblem(t, values.new),
    }),
    async send(values) {
      try {
        await shell.api.post('/api/auth/password', values);
      } catch (problem) {
        if (problem.code !== 'bad-credentials') throw problem;
        current.error(t('wrongPassword'));
        current.input.focus();
        return;
      }
      close();
      shell.toast(t('passwordChanged'));
      document.dispatchEvent(new Event('auth:sessions'));
    },
  });
}

function sessions(shell, t, signal) {
  const { el, fill, lines, panel } = shell.ui;
  const list = el('div');
  const others = el('button', { class: 'button', type: 'button', text: t('revokeOthers'), onclick: revokeOthers });
  const below = el('div', { hidden: true }, others);
  const node = panel({ title: t('sessions'), hint: t('sessionsHint') }, list, below);

  async function revoke(path, words) {
    try {
      await shell.api.delete(path);
      await draw();
      // What was pressed is gone.
      (list.querySelector('button') ?? node.closest('.account')?.querySelector('h1'))?.focus();
      shell.toast(t(words));
    } catch (problem) {
      shell.toast(problem.message, { error: true });
    }
  }

  async function revokeOthers() {
    const sure = await shell.confirm({ title: t('revokeOthersTitle'), text: t('revokeOthersText'), confirm: t('revokeOthers') });
    if (sure) await revoke('/api/auth/sessions', 'revokedOthers');
  }

  async function draw() {
    try {
      const { items } = await shell.api.get('/api/auth/sessions', { signal });
      const inOrder = [...items.filter((item) => item.current), ...items.filter((item) => !item.current)];
      fill(list, lines(inOrder.map(line)));
      below.hidden = items.filter((item) => !item.current).length === 0;
    } catch (problem) {
      if (signal.aborted) return;
      // Without a list the rest of the page is of use.
      if (problem.status === 404) node.hidden = true;
      else fill(list, el('p', { class: 'field-error', text: problem.message }));
    }
  }

  function line(session) {
    const label = session.label || t('unknownDevice');
    const times = { created: shell.format.date(session.created), lastSeen: shell.format.ago(session.lastSeen) };
    return {
      icon: 'device', title: label, badge: session.current && t('thisDevice'), about: t('sessionTimes', times),
      action: !session.current && t('revoke'), actionLabel: t('revokeLabel', { label }),
      run: () => revoke(`/api/auth/sessions/${encodeURIComponent(session.id)}`, 'revoked'),
    };
  }

  document.addEventListener('auth:sessions', draw, { signal });
  draw();
  return node;
}

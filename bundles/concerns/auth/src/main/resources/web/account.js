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
  shell.addAccountPanel({ id: 'password', order: 30, view: (account) => password(shell, t, account) });
  shell.addAccountPanel({ id: 'sessions', order: 60, view: (account, context) => sessions(shell, t, context.signal) });
}

function section(shell, title, ...children) {
  const { el } = shell.ui;
  return el('section', { class: 'card stack' }, el('h2', { text: title }), ...children);
}

function password(shell, t, account) {
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
  const node = form({
    fields: [current, next],
    submit: t('changePassword'),
    extra: owner,
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
      node.reset();
      shell.toast(t('passwordChanged'));
      document.dispatchEvent(new Event('auth:sessions'));
    },
  });
  return section(shell, t('changePassword'), el('p', { class: 'muted small-text', text: t('changePasswordHint') }), node);
}

function sessions(shell, t, signal) {
  const { el, fill } = shell.ui;
  const list = el('ul', { class: 'sessions' });
  const others = el('button', {
    class: 'button', type: 'button', text: t('revokeOthers'), onclick: () => revoke('/api/auth/sessions', 'revokedOthers'),
  });
  const node = section(shell, t('sessions'), list, el('p', {}, others));

  async function revoke(path, words) {
    try {
      await shell.api.delete(path);
      shell.toast(t(words));
      await draw();
    } catch (problem) {
      shell.toast(problem.message, { error: true });
    }
  }

  async function draw() {
    try {
      const answer = await shell.api.get('/api/auth/sessions', { signal });
      const all = answer.items ?? answer;
      fill(list, all.map(item));
      others.hidden = all.every((session) => session.current);
    } catch (problem) {
      if (signal.aborted) return;
      // Without a list the rest of the page is of use.
      if (problem.status === 404) node.hidden = true;
      else fill(list, el('li', { class: 'field-error', text: problem.message }));
    }
  }

  function item(session) {
    const label = session.label || t('unknownDevice');
    return el('li', { class: 'session' },
      el('div', {},
        el('p', {}, el('strong', { text: label }), session.current && el('span', { class: 'badge', text: t('thisDevice') })),
        el('p', { class: 'muted small-text', text: t('sessionTimes', {
          created: shell.format.date(session.created ?? session.createdAt),
          lastSeen: shell.format.ago(session.lastSeen ?? session.lastSeenAt),
        }) })),
      !session.current && el('button', {
        class: 'link-button', type: 'button', text: t('revoke'), 'aria-label': t('revokeLabel', { label }),
        onclick: () => revoke(`/api/auth/sessions/${encodeURIComponent(session.id)}`, 'revoked'),
      }));
  }

  document.addEventListener('auth:sessions', draw, { signal });
  draw();
  return node;
}

/**
 * The pages behind the links of mails, and the one that asks for such a mail.
 * @module auth/recover
 */
import { card, emailProblem, explain, LEAST_PASSWORD, passwordProblem, reveal } from './sign.js';

/** The token behind the `#`, which no server sees; it leaves the address at once, and so the history. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  if (token) history.replaceState(history.state, '', location.pathname);
  return token;
}

function said(shell, title, text, href, words) {
  const { el } = shell.ui;
  return [
    el('h1', { tabindex: -1, text: title }), el('p', { role: 'status', text }),
    el('a', { class: 'button wide', href, text: words })];
}

/**
 * Asks for a link to choose a new password.
 *
 * @param {object} shell
 * @param {Function} t
 */
export function forgotView(shell, t) {
  const { el, fill, field, form } = shell.ui;
  const email = field({
    label: t('email'), name: 'email', type: 'email', autocomplete: 'username', required: true,
    attributes: { inputmode: 'email', autocapitalize: 'none', spellcheck: 'false' },
  });
  const node = card(shell, t, t('forgotTitle'), form({
    fields: [email],
    submit: t('sendLink'),
    intro: el('p', { class: 'muted', text: t('forgotText') }),
    check: (values) => ({ email: emailProblem(t, values.email) }),
    explain: explain(t),
    async send(values) {
      await shell.api.post('/api/auth/password/forgot', { email: values.email.trim() });
      fill(node, el('div', { class: 'card sign-card' }, said(shell, t('pendingTitle'), t('forgotDone'), '/signin', t('backToSignIn'))));
      node.querySelector('h1').focus();
    },
  }), el('p', { class: 'sign-below' }, el('a', { href: '/signin', text: t('backToSignIn') })));
  return node;
}

/**
 * Sets a new password by the token of the mail.
 *
 * @param {object} shell
 * @param {Function} t
 */
export function resetView(shell, t) {
  const { fill, field, form } = shell.ui;
  const token = takeToken();
  const password = field({
    label: t('newPassword'), name: 'password', type: 'password', autocomplete: 'new-password', required: true,
    hint: t('passwordHint'), reveal: reveal(t), attributes: { minlength: LEAST_PASSWORD },
  });
  const node = card(shell, t, t('resetTitle'), form({
    fields: [password],
    submit: t('changePassword'),
    check: (values) => ({ password: passwordProblem(t, values.password) }),
    explain: explain(t),
    async send(values) {
      const show = (...words) => {
        fill(node.querySelector('.sign-card'), said(shell, t('resetTitle'), ...words));
        node.querySelector('h1').focus();
      };
      try {
        await shell.api.post('/api/auth/password/reset', { token, password: values.password });
        shell.session.set(null);
        show(t('resetDone'), '/signin', t('signIn'));
      } catch (problem) {
        if (problem.code !== 'bad-token') throw problem;
        show(t('badLink'), '/forgot', t('newLink'));
      }
    },
  }));
  if (!token) fill(node.querySelector('.sign-card'), said(shell, t('resetTitle'), t('badLink'), '/forgot', t('newLink')));
  return node;
}

/**
 * Confirms an address by the token of the mail, at a press of a button: programs that follow the links of
 * mails press none. It asks for the password: a stranger may have signed up with the address, and must not
 * stay the one who knows it.
 *
 * @param {object} shell
 * @param {Function} t
 */
export function confirmView(shell, t) {
  const { fill, field, form } = shell.ui;
  const token = takeToken();
  const password = field({
    label: t('password'), name: 'password', type: 'password', autocomplete: 'new-password', required: true,
    hint: t('confirmHint'), reveal: reveal(t), attributes: { minlength: LEAST_PASSWORD },
  });
  const show = (text) => {
    fill(node.querySelector('.sign-card'), said(shell, t('confirmTitle'), text, '/signin', t('signIn')));
    node.querySelector('h1').focus();
  };
  const node = card(shell, t, t('confirmTitle'), form({
    fields: [password],
    intro: shell.ui.el('p', { text: t('confirmText') }),
    submit: t('confirmTitle'),
    check: (values) => ({ password: passwordProblem(t, values.password) }),
    explain: explain(t),
    async send(values) {
      try {
        await shell.api.post('/api/auth/confirm', { token, password: values.password });
        show(t('confirmDone'));
      } catch (problem) {
        if (problem.code !== 'bad-token') throw problem;
        show(`${t('badLink')} ${t('confirmFailed')}`);
      }
    },
  }));
  if (!token) show(`${t('badLink')} ${t('confirmFailed')}`);
  return node;
}

/**
 * Signing up and in.
 * @module auth/sign
 */

/** Shortest password that the server takes. */
export const LEAST_PASSWORD = 8;

/**
 * The words for a field of a password with a button that shows it.
 *
 * @param {Function} t
 */
export const reveal = (t) => ({ show: t('showPassword'), hide: t('hidePassword') });

function card(shell, t, title, body, below) {
  const { el } = shell.ui;
  return el('section', { class: 'sign' },
    el('p', { class: 'sign-tagline', text: t('tagline') }),
    el('div', { class: 'card sign-card' }, el('h1', { text: title }), body),
    below);
}

function emailProblem(t, email) {
  if (!email.trim()) return t('enterEmail');
  return /^\S+@\S+$/.test(email.trim()) ? '' : t('emailForm');
}

/** Words for what the server refuses. */
function explain(t) {
  const words = { 'bad-credentials': 'badCredentials', 'tls-required': 'tlsRequired', 'email-taken': 'emailTaken' };
  return (problem) => (problem.code in words ? t(words[problem.code]) : '');
}

/** Goes on where the visitor wanted to be. */
function goOn(shell, account, context) {
  shell.session.set(account);
  const asked = context.path === '/signin' || context.path === '/signup' ? '/' : context.path + location.search;
  return shell.navigate(asked, { replace: true });
}

/**
 * The page that signs somebody in; the shell also shows it in place of a page that needs an account.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {object} context of the route
 */
export function signInView(shell, t, context) {
  if (shell.session.account) {
    shell.navigate('/', { replace: true });
  }
  const { el, field, form } = shell.ui;
  const email = field({
    label: t('email'), name: 'email', type: 'email', autocomplete: 'username', required: true,
    attributes: { inputmode: 'email', autocapitalize: 'none', spellcheck: 'false' },
  });
  const password = field({
    label: t('password'), name: 'password', type: 'password', autocomplete: 'current-password', required: true,
    reveal: reveal(t),
  });
  return card(shell, t, t('signIn'), form({
    fields: [email, password],
    submit: t('signIn'),
    check: (values) => ({
      email: emailProblem(t, values.email),
      password: values.password ? '' : t('enterPassword'),
    }),
    explain: explain(t),
    async send(values) {
      const account = await shell.api.post('/api/auth/login', { email: values.email.trim(), password: values.password });
      await goOn(shell, account, context);
    },
  }), el('p', { class: 'sign-below' }, `${t('noAccount')} `, el('a', { href: '/signup', text: t('signUp') })));
}

/**
 * The page that opens an account.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {object} context of the route
 */
export function signUpView(shell, t, context) {
  if (shell.session.account) {
    shell.navigate('/', { replace: true });
  }
  const { el, fill, field, form } = shell.ui;
  const email = field({
    label: t('email'), name: 'email', type: 'email', autocomplete: 'username', required: true,
    attributes: { inputmode: 'email', autocapitalize: 'none', spellcheck: 'false' },
  });
  const password = field({
    label: t('password'), name: 'password', type: 'password', autocomplete: 'new-password', required: true,
    hint: t('passwordHint'), reveal: reveal(t), attributes: { minlength: LEAST_PASSWORD },
  });
  const name = field({ label: t('displayName'), name: 'displayName', autocomplete: 'name', hint: t('displayNameHint') });
  const node = card(shell, t, t('signUpTitle'), form({
    fields: [email, password, name],
    submit: t('signUp'),
    check: (values) => ({
      email: emailProblem(t, values.email),
      password: passwordProblem(t, values.password),
    }),
    explain: explain(t),
    async send(values) {
      const credentials = { email: values.email.trim(), password: values.password };
      const answer = await shell.api.post('/api/auth/signup', { ...credentials, displayName: values.displayName.trim() });
      if (answer?.state === 'pending') {
        fill(node, el('div', { class: 'card sign-card', role: 'status' },
          el('h1', { text: t('pendingTitle') }), el('p', { text: t('pendingText') })));
        return;
      }
      // Signing up signs in; where it does not, the same credentials do.
      const account = (await shell.session.refresh()) ?? (await shell.api.post('/api/auth/login', credentials));
      await goOn(shell, account, context);
      shell.toast(t('welcome'));
    },
  }), el('p', { class: 'sign-below' }, `${t('haveAccount')} `, el('a', { href: '/signin', text: t('signIn') })));
  return node;
}

/**
 * What is wrong with a chosen password, as far as the browser can say.
 *
 * @param {Function} t
 * @param {string} password
 */
export function passwordProblem(t, password) {
  if (!password) return t('choosePassword');
  return [...password].length < LEAST_PASSWORD ? t('shortPassword') : '';
}

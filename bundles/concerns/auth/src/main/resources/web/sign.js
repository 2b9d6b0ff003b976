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

export function card(shell, t, title, body, below) {
  const { el } = shell.ui;
  return el('section', { class: 'sign' },
    el('p', { class: 'sign-tagline', text: t('tagline') }),
    el('div', { class: 'card sign-card' }, el('h1', { text: title }), body),
    below);
}

export function emailProblem(t, email) {
  if (!email.trim()) return t('enterEmail');
  return /^\S+@\S+$/.test(email.trim()) ? '' : t('emailForm');
}

/**
 * Words for what the server refuses.
 *
 * @param {Function} t
 */
export function explain(t) {
  const words = {
    'tls-required': 'tlsRequired', 'email-taken': 'emailTaken',
    'username-taken': 'usernameTaken', 'signup-closed': 'signUpClosed', suspended: 'suspended',
  };
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
  const { el, field, fill, form } = shell.ui;
  const email = field({
    label: t('email'), name: 'email', type: 'email', autocomplete: 'username', required: true,
    attributes: { inputmode: 'email', autocapitalize: 'none', spellcheck: 'false' },
  });
  const password = field({
    label: t('password'), name: 'password', type: 'password', autocomplete: 'current-password', required: true,
    reveal: reveal(t),
  });
  const node = card(shell, t, t('signIn'), form({
    fields: [email, password],
    submit: t('signIn'),
    extra: el('p', { class: 'sign-forgot' }, el('a', { href: '/forgot', text: t('forgot') })),
    check: (values) => ({
      email: emailProblem(t, values.email),
      password: values.password ? '' : t('enterPassword'),
    }),
    explain: explain(t),
    async send(values) {
      const credentials = { email: values.email.trim(), password: values.password };
      try {
        await goOn(shell, await shell.api.post('/api/auth/login', credentials), context);
      } catch (problem) {
        if (problem.code !== 'totp-required') throw problem;
        fill(node, codeStep(shell, t, credentials, context));
        node.querySelector('input').focus();
      }
    },
  }), el('p', { class: 'sign-below' }, `${t('noAccount')} `, el('a', { href: '/signup', text: t('signUp') })));
  node.querySelector('.sign-card').append(...otherWays(shell, t, context));
  return node;
}

/** The second step of signing in, where the account has a second factor. */
function codeStep(shell, t, credentials, context) {
  const { el, form } = shell.ui;
  const code = codeField(shell, t);
  return [el('div', { class: 'card sign-card' }, el('h1', { text: t('codeTitle') }), form({
    fields: [code],
    submit: t('goOn'),
    check: (values) => ({ totp: values.totp.trim() ? '' : t('enterCode') }),
    explain: explain(t),
    async send(values) {
      try {
        await goOn(shell, await shell.api.post('/api/auth/login', { ...credentials, totp: values.totp.trim() }), context);
      } catch (problem) {
        if (problem.code !== 'bad-credentials') throw problem;
        code.error(t('wrongCode'));
        code.input.select();
      }
    },
  })), el('p', { class: 'sign-below' }, el('a', { href: '/signin', text: t('startOver') }))];
}

/**
 * The field for the code of a second factor.
 *
 * @param {object} shell
 * @param {Function} t
 */
export function codeField(shell, t) {
  return shell.ui.field({
    label: t('code'), name: 'totp', autocomplete: 'one-time-code', hint: t('codeHint'), required: true,
    attributes: { autocapitalize: 'none', spellcheck: 'false' },
  });
}

/** Buttons of concerns that sign in without a password. */
function otherWays(shell, t, context) {
  const { el, fill, icon } = shell.ui;
  const ways = shell.signInWays();
  if (ways.length === 0) return [];
  const alert = el('p', { class: 'form-error', role: 'alert', hidden: true });
  const buttons = ways.map((way) => el('button', {
    class: 'button wide', type: 'button',
    async onclick({ currentTarget: button }) {
      if (button.getAttribute('aria-busy')) return;
      alert.hidden = true;
      button.setAttribute('aria-busy', 'true');
      try {
        const account = await way.run();
        if (account) await goOn(shell, account, context);
      } catch (problem) {
        alert.hidden = false;
        fill(alert, way.explain?.(problem) || explain(t)(problem) || problem.message);
      } finally {
        button.removeAttribute('aria-busy');
      }
    },
  }, way.icon && icon(way.icon), way.label));
  return [el('p', { class: 'sign-or', 'aria-hidden': 'true' }, el('span', { text: t('or') })), alert, ...buttons];
}

/**
 * The page that opens an account.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {object} context of the route
 */
export async function signUpView(shell, t, context) {
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
  const rules = await shell.api.get('/api/auth/signup', { signal: context.signal });
  if (rules.signup === 'closed') return card(shell, t, t('signUpTitle'), el('p', { text: t('signUpClosed') }));
  const needed = rules.usernames === 'required';
  const username = rules.usernames === 'off' ? null : field({
    label: t('username'), name: 'username', autocomplete: 'nickname', required: needed,
    hint: t(needed ? 'usernameHint' : 'usernameOptional'), attributes: { autocapitalize: 'none', spellcheck: 'false' },
  });
  const name = rules.fields.includes('displayName')
    ? field({ label: t('displayName'), name: 'displayName', autocomplete: 'name', hint: t('displayNameHint') }) : null;
  /** Null when what is taken was said beside its field. */
  async function ask(values, credentials) {
    try {
      return await shell.api.post('/api/auth/signup', {
        ...credentials, username: (values.username ?? '').trim(), displayName: (values.displayName ?? '').trim(),
      });
    } catch (problem) {
      const taken = { 'email-taken': email, 'username-taken': username }[problem.code];
      if (!taken) throw problem;
      taken.error(explain(t)(problem));
      taken.input.focus();
      return null;
    }
  }

  const node = card(shell, t, t('signUpTitle'), form({
    fields: [email, password, username, name].filter(Boolean),
    submit: t('signUp'),
    check: (values) => ({
      email: emailProblem(t, values.email),
      password: passwordProblem(t, values.password),
      username: needed && !values.username.trim() ? t('enterUsername') : '',
    }),
    explain: explain(t),
    async send(values) {
      const credentials = { email: values.email.trim(), password: values.password };
      const answer = await ask(values, credentials);
      if (!answer) return;
      if (answer.state === 'pending') {
        fill(node, el('div', { class: 'card sign-card', role: 'status' },
          el('h1', { tabindex: -1, text: t('pendingTitle') }), el('p', { text: t('pendingText', { address: credentials.email }) }),
          el('p', { class: 'muted', text: t('pendingHint') })),
        el('p', { class: 'sign-below' }, el('a', { href: '/signin', text: t('backToSignIn') })));
        node.querySelector('h1').focus();
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

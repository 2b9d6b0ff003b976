/**
 * Another address: the panel that asks for it, and the pages behind the links of the mails.
 * @module profile/email
 */

/**
 * Draws the panel.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {object} account
 */
export function emailPanel(shell, t, account) {
  const { el, fill, field, form, opener, panel } = shell.ui;
  const said = el('div', { role: 'status' });
  const change = opener({
    label: t('changeEmail'),
    open(close) {
      fill(said);
      const email = field({
        label: t('newEmail'), name: 'email', type: 'email', autocomplete: 'email', required: true,
        attributes: { inputmode: 'email', autocapitalize: 'none', spellcheck: 'false' },
      });
      return form({
        fields: [email],
        intro: el('p', { class: 'muted', text: t('changeEmailHint') }),
        submit: t('sendLink'),
        cancel: { label: t('cancel'), run: close },
        check: (values) => ({ email: emailProblem(t, values.email.trim(), account.email) }),
        async send(values) {
          const address = values.email.trim();
          const asked = await shell.withProof(async () => {
            await shell.api.post('/api/account/email', { email: address });
            return true;
          });
          if (!asked) return;
          close();
          fill(said, el('p', { class: 'notice', text: t('emailAsked', { address }) }));
        },
      });
    },
  });
  return panel({ title: t('email') }, el('p', { class: 'email-now', text: account.email }), said, change);
}

function emailProblem(t, email, now) {
  if (!/^\S+@\S+$/.test(email)) return t('emailForm');
  return email.toLowerCase() === now.toLowerCase() ? t('emailSame') : '';
}

/** The token behind the `#`, which no server sees; it leaves the address at once, and so the history. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  if (token) history.replaceState(history.state, '', location.pathname);
  return token;
}

/**
 * A page that redeems the token of a mail at a press of a button: programs that follow links press none.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {{title: string, text: string, path: string, done: string, href: string, words: string}} of
 */
export function linkView(shell, t, of) {
  const { el, fill, focusFirst, form } = shell.ui;
  const token = takeToken();
  const card = el('div', { class: 'card sign-card' });
  const page = el('section', { class: 'sign' }, card);
  const show = (text, href, words) => fill(card, [
    el('h1', { text: t(of.title) }), el('p', { role: 'status', text }),
    el('p', {}, el('a', { class: 'button', href, text: words }))]);
  const bad = () => show(t('badLink'), '/account', t('account'));
  if (!token) {
    bad();
    return page;
  }
  fill(card, [el('h1', { text: t(of.title) }), form({
    fields: [],
    intro: el('p', { text: t(of.text) }),
    submit: t(of.title),
    async send() {
      try {
        await shell.api.post(of.path, { token });
        shell.session.set(null);
        show(t(of.done), of.href, t(of.words));
      } catch (problem) {
        if (problem.code !== 'bad-token') throw problem;
        bad();
      }
      focusFirst(card);
    },
  })]);
  return page;
}

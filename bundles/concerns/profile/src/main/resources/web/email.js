/**
 * Another address: the panel that asks for it, and the pages behind the links of the mails.
 * @module profile/email
 */
import { section } from './panel.js';

/**
 * Draws the panel.
 *
 * @param {object} shell
 * @param {Function} t
 */
export function emailPanel(shell, t) {
  const { el, fill, field, form } = shell.ui;
  const email = field({
    label: t('newEmail'), name: 'email', type: 'email', autocomplete: 'email', required: true,
    attributes: { inputmode: 'email', autocapitalize: 'none', spellcheck: 'false' },
  });
  const said = el('p', { role: 'status' });
  const node = form({
    fields: [email],
    submit: t('changeEmail'),
    extra: said,
    check: (values) => ({ email: /^\S+@\S+$/.test(values.email.trim()) ? '' : t('emailForm') }),
    async send(values) {
      fill(said, '');
      await shell.withProof(() => shell.api.post('/api/account/email', { email: values.email.trim() }));
      node.reset();
      fill(said, t('emailAsked'));
    },
  });
  return section(shell, t('changeEmail'), el('p', { class: 'muted small-text', text: t('changeEmailHint') }), node);
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
 * @param {{title: string, path: string, done: string, href: string, words: string}} of
 */
export function linkView(shell, t, of) {
  const { el, fill, form } = shell.ui;
  const token = takeToken();
  const card = el('div', { class: 'card stack' });
  const show = (text, href, words) => fill(card, [
    el('h1', { text: t(of.title) }), el('p', { role: 'status', text }), el('p', {}, el('a', { href, text: words }))]);
  const bad = () => show(t('badLink'), '/account', t('account'));
  if (!token) {
    bad();
    return card;
  }
  fill(card, [el('h1', { text: t(of.title) }), form({
    fields: [],
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
    },
  })]);
  return card;
}

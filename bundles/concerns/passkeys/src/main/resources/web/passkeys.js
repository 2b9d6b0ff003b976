/**
 * Passkeys: a way to sign in, and a panel on the page of the account.
 * @module passkeys
 */
import { makePasskey, usePasskey } from './ceremonies.js';
import messages from './messages.js';

/**
 * Registers the way to sign in and the panel with the shell.
 *
 * @param {object} shell see README.md of faces/web
 */
export default async function register(shell) {
  const t = shell.translator(messages);
  if (!globalThis.PublicKeyCredential) return;
  await shell.addStyles(new URL('./passkeys.css', import.meta.url).href);
  shell.addSignInWay({ label: t('signIn'), order: 10, run: () => signIn(shell) });
  shell.addAccountPanel({ id: 'passkeys', order: 35, view: (account, context) => panel(shell, t, context.signal) });
}

async function signIn(shell) {
  const credential = await usePasskey(await shell.api.post('/api/auth/passkeys/login/options'));
  return credential && shell.api.post('/api/auth/passkeys/login/verify', { credential });
}

async function panel(shell, t, signal) {
  const { el, fill, field, form } = shell.ui;
  const list = el('ul', { class: 'passkeys' });

  async function draw() {
    const { items } = await shell.api.get('/api/auth/passkeys', { signal });
    list.hidden = items.length === 0;
    fill(list, items.map(item));
  }

  function item(passkey) {
    const used = passkey.lastUsed ? t('used', { when: shell.format.ago(passkey.lastUsed) }) : t('unused');
    return el('li', { class: 'passkey' },
      el('div', {},
        el('p', {}, el('strong', { text: passkey.name })),
        el('p', { class: 'muted small-text', text: `${t('since', { date: shell.format.date(passkey.created) })} · ${used}` })),
      el('button', {
        class: 'link-button', type: 'button', text: t('remove'), 'aria-label': t('removeLabel', { name: passkey.name }),
        onclick: () => remove(passkey),
      }));
  }

  async function remove(passkey) {
    const sure = await shell.confirm({
      title: t('removeTitle', { name: passkey.name }), text: t('removeText'), confirm: t('remove'), danger: true,
    });
    if (!sure) return;
    try {
      const done = await shell.withProof(async () => {
        await shell.api.delete(`/api/auth/passkeys/${encodeURIComponent(passkey.id)}`);
        return true;
      });
      if (!done) return;
      await draw();
      shell.toast(t('removed'));
      document.dispatchEvent(new Event('auth:sessions'));
    } catch (problem) {
      shell.toast(problem.message, { error: true });
    }
  }

  const name = field({ label: t('name'), name: 'name', required: true, autocomplete: 'off', attributes: { maxlength: 60 } });
  const add = form({
    fields: [name],
    submit: t('add'),
    check: (values) => ({ name: values.name.trim() ? '' : t('enterName') }),
    async send(values) {
      const options = await shell.withProof(() => shell.api.post('/api/auth/passkeys/register/options'));
      const credential = options && await makePasskey(options);
      if (!credential) return;
      await shell.api.post('/api/auth/passkeys/register/verify', { name: values.name.trim(), credential });
      add.reset();
      await draw();
      shell.toast(t('added'));
    },
  });
  await draw();
  return el('section', { class: 'card stack' },
    el('h2', { text: t('title') }), el('p', { class: 'muted small-text', text: t('hint') }), list, add);
}

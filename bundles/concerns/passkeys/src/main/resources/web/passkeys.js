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
  shell.addSignInWay({
    label: t('signIn'), icon: 'key', order: 10, run: () => signIn(shell),
    explain: (problem) => (problem.code === 'bad-credentials' ? t('unknown') : ''),
  });
  shell.addAccountPanel({ id: 'passkeys', group: 'security', order: 35, view: (account, context) => passkeys(shell, t, context.signal) });
}

async function signIn(shell) {
  const credential = await usePasskey(await shell.api.post('/api/auth/passkeys/login/options'));
  return credential && shell.api.post('/api/auth/passkeys/login/verify', { credential });
}

async function passkeys(shell, t, signal) {
  const { el, fill, lines, opener, panel } = shell.ui;
  const list = el('div');

  async function draw() {
    const { items } = await shell.api.get('/api/auth/passkeys', { signal });
    list.hidden = items.length === 0;
    fill(list, lines(items.map(line)));
  }

  function line(passkey) {
    const used = passkey.lastUsed ? t('used', { when: shell.format.ago(passkey.lastUsed) }) : t('unused');
    return {
      icon: 'key', title: passkey.name, about: `${t('since', { date: shell.format.date(passkey.created) })} · ${used}`,
      action: t('remove'), actionLabel: t('removeLabel', { name: passkey.name }), run: () => remove(passkey),
    };
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
      add.querySelector('button')?.focus();
      shell.toast(t('removed'));
      document.dispatchEvent(new Event('auth:sessions'));
    } catch (problem) {
      shell.toast(problem.message, { error: true });
    }
  }

  const add = opener({
    label: t('add'),
    open: (close) => makeForm(shell, t, close, async () => {
      close();
      await draw();
      shell.toast(t('added'));
    }),
  });
  await draw();
  return panel({ title: t('title'), hint: t('hint') }, list, add);
}

function makeForm(shell, t, close, done) {
  const { el, field, form } = shell.ui;
  const name = field({
    label: t('name'), name: 'name', value: deviceName(), required: true, autocomplete: 'off', hint: t('nameHint'),
    attributes: { maxlength: 60 },
  });
  return form({
    fields: [name],
    intro: el('p', { class: 'muted', text: t('how') }),
    submit: t('goOn'),
    cancel: { label: t('cancel'), run: close },
    check: (values) => ({ name: values.name.trim() ? '' : t('enterName') }),
    explain: (problem) => (problem.name === 'InvalidStateError' ? t('known') : ''),
    async send(values) {
      const options = await shell.withProof(() => shell.api.post('/api/auth/passkeys/register/options'));
      if (!options) return;
      const credential = await makePasskey(options);
      if (!credential) throw new shell.Problem({ status: 0, code: 'given-up', message: t('givenUp') });
      await shell.api.post('/api/auth/passkeys/register/verify', { name: values.name.trim(), credential });
      await done();
    },
  });
}

/** A first idea of what the device is called. */
function deviceName() {
  const known = [['iPhone', /iPhone/], ['iPad', /iPad/], ['Android', /Android/], ['Mac', /Mac OS X/], ['Windows', /Windows/], ['Linux', /Linux/]];
  return known.find(([, pattern]) => pattern.test(navigator.userAgent))?.[0] ?? '';
}

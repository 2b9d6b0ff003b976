/**
 * The panel of app keys on the page of the account.
 * @module appkeys
 */
import messages from './messages.js';

/**
 * Registers the panel with the shell.
 *
 * @param {object} shell see README.md of faces/web
 */
export default function register(shell) {
  const t = shell.translator(messages);
  shell.addAccountPanel({ id: 'appkeys', group: 'apps', order: 50, view: (account, context) => appKeys(shell, t, context.signal) });
}

async function appKeys(shell, t, signal) {
  const { el, fill, lines, opener, panel, secret } = shell.ui;
  const list = el('div');
  const shown = el('div', { role: 'status' });

  async function draw() {
    const { items } = await shell.api.get('/api/auth/keys', { signal });
    fill(list, items.length ? lines(items.map(line)) : el('p', { class: 'muted', text: t('none') }));
  }

  function line(key) {
    const used = key.lastUsed ? t('used', { when: shell.format.ago(key.lastUsed) }) : t('unused');
    return {
      icon: 'app', title: key.name, about: `${words(t, key.scope)} · ${used} · ${t('until', { date: shell.format.date(key.expires) })}`,
      action: t('remove'), actionLabel: t('removeLabel', { name: key.name }), run: () => remove(key),
    };
  }

  async function remove(key) {
    const sure = await shell.confirm({
      title: t('removeTitle', { name: key.name }), text: t('removeText'), confirm: t('remove'), danger: true,
    });
    if (!sure) return;
    try {
      await shell.api.delete(`/api/auth/keys/${encodeURIComponent(key.id)}`);
      await draw();
      make.querySelector('button')?.focus();
      shell.toast(t('removed'));
    } catch (problem) {
      shell.toast(problem.message, { error: true });
    }
  }

  function show(made) {
    make.hidden = true;
    fill(shown, el('div', { class: 'notice stack' },
      el('p', {}, el('strong', { text: t('made', { name: made.name }) }), ` ${t('once')}`),
      secret({ label: t('secretLabel'), text: made.secret, copy: t('copy'), run: () => shell.copy(made.secret) }),
      el('p', {}, el('button', { class: 'button', type: 'button', text: t('done'), onclick: hide }))));
    shown.querySelector('input').focus();
  }

  function hide() {
    fill(shown);
    make.hidden = false;
    make.querySelector('button').focus();
  }

  const make = opener({
    label: t('make'),
    open: (close) => makeForm(shell, t, close, async (made) => {
      close();
      show(made);
      await draw();
    }),
  });
  await draw();
  return panel({ title: t('title'), hint: t('hint') }, list, shown, make);
}

function makeForm(shell, t, close, done) {
  const { field, form } = shell.ui;
  const name = field({
    label: t('name'), name: 'name', required: true, autocomplete: 'off', hint: t('nameHint'), attributes: { maxlength: 60 },
  });
  const scope = field({
    label: t('scope'), name: 'scope',
    options: ['subsonic', 'read', 'upload', 'read upload'].map((value) => ({ value, label: words(t, value) })),
  });
  return form({
    fields: [name, scope],
    submit: t('make'),
    cancel: { label: t('cancel'), run: close },
    check: (values) => ({ name: values.name.trim() ? '' : t('enterName') }),
    async send(values) {
      const made = await shell.withProof(
        () => shell.api.post('/api/auth/keys', { name: values.name.trim(), scope: values.scope }));
      if (made) await done(made);
    },
  });
}

function words(t, scope) {
  return t(`scope-${scope.replace(' ', '-')}`);
}

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
export default async function register(shell) {
  const t = shell.translator(messages);
  await shell.addStyles(new URL('./appkeys.css', import.meta.url).href);
  shell.addAccountPanel({ id: 'appkeys', order: 50, view: (account, context) => panel(shell, t, context.signal) });
}

async function panel(shell, t, signal) {
  const { el, fill } = shell.ui;
  const list = el('ul', { class: 'app-keys' });
  const shown = el('div', { class: 'stack', role: 'status' });

  async function draw() {
    const { items } = await shell.api.get('/api/auth/keys', { signal });
    list.hidden = items.length === 0;
    fill(list, items.map(item));
  }

  function item(key) {
    const used = key.lastUsed ? t('used', { when: shell.format.ago(key.lastUsed) }) : t('unused');
    return el('li', { class: 'app-key' },
      el('div', {},
        el('p', {}, el('strong', { text: key.name })),
        el('p', { class: 'muted small-text', text: `${words(t, key.scope)} · ${used} · ${t('until', { date: shell.format.date(key.expires) })}` })),
      el('button', {
        class: 'link-button', type: 'button', text: t('remove'), 'aria-label': t('removeLabel', { name: key.name }),
        onclick: () => remove(key),
      }));
  }

  async function remove(key) {
    const sure = await shell.confirm({
      title: t('removeTitle', { name: key.name }), text: t('removeText'), confirm: t('remove'), danger: true,
    });
    if (!sure) return;
    try {
      await shell.api.delete(`/api/auth/keys/${encodeURIComponent(key.id)}`);
      await draw();
      shell.toast(t('removed'));
    } catch (problem) {
      shell.toast(problem.message, { error: true });
    }
  }

  function show(made) {
    const box = el('input', {
      type: 'text', readonly: true, value: made.secret, 'aria-label': t('secretLabel'), autocomplete: 'off',
      spellcheck: 'false', onfocus: () => box.select(),
    });
    fill(shown,
      el('p', { class: 'notice', text: t('once') }),
      el('div', { class: 'input-box' }, box),
      el('p', {}, el('button', { class: 'button', type: 'button', text: t('copy'), onclick: () => copy(shell, t, made.secret) })));
    box.focus();
  }

  const node = el('section', { class: 'card stack' },
    el('h2', { text: t('title') }), el('p', { class: 'muted small-text', text: t('hint') }), list, shown,
    makeForm(shell, t, async (made) => {
      show(made);
      await draw();
    }));
  await draw();
  return node;
}

function makeForm(shell, t, done) {
  const { el, field, form } = shell.ui;
  const name = field({ label: t('name'), name: 'name', required: true, autocomplete: 'off', attributes: { maxlength: 60 } });
  const scope = el('select', { class: 'select', id: 'app-key-scope' },
    ['subsonic', 'read', 'upload', 'read upload'].map((value) => el('option', { value, text: words(t, value) })));
  const node = form({
    fields: [name],
    extra: el('div', { class: 'field' }, el('label', { for: 'app-key-scope', text: t('scope') }), scope),
    submit: t('make'),
    check: (values) => ({ name: values.name.trim() ? '' : t('enterName') }),
    async send(values) {
      const made = await shell.withProof(
        () => shell.api.post('/api/auth/keys', { name: values.name.trim(), scope: scope.value }));
      if (made === null) return;
      node.reset();
      await done(made);
    },
  });
  return node;
}

async function copy(shell, t, text) {
  try {
    await navigator.clipboard.writeText(text);
    shell.toast(t('copied'));
  } catch {
    // The browser may forbid it; the field is selected for copying by hand.
    shell.toast(t('copyByHand'), { error: true });
  }
}

function words(t, scope) {
  return scope.split(' ').map((word) => t(`scope-${word}`)).join(', ');
}

/**
 * The panel of the profile image on the page of the account.
 * @module portrait
 */
import messages from './messages.js';

const ADDRESS = '/api/account/image';

/**
 * Registers the panel with the shell.
 *
 * @param {object} shell see README.md of faces/web
 */
export default async function register(shell) {
  const t = shell.translator(messages);
  await shell.addStyles(new URL('./portrait.css', import.meta.url).href);
  shell.addAccountPanel({ id: 'portrait', order: 15, view: (account, context) => panel(shell, t, context.signal) });
}

async function panel(shell, t, signal) {
  const { el, fill } = shell.ui;
  const body = el('div', { class: 'stack' });
  const file = el('input', { type: 'file', accept: 'image/jpeg,image/png', class: 'visually-hidden', tabindex: -1, 'aria-label': t('choose') });
  file.addEventListener('change', () => {
    const chosen = file.files[0];
    file.value = '';
    if (chosen) attempt(() => send(chosen));
  });

  async function find() {
    try {
      return await shell.api.get(ADDRESS, { signal });
    } catch (problem) {
      if (problem.status === 404 && problem.code === 'not-found') return null;
      throw problem;
    }
  }

  function draw(image) {
    const choose = el('button', {
      class: image ? 'button' : 'button primary', type: 'button', text: t(image ? 'replace' : 'choose'), onclick: () => file.click(),
    });
    fill(body,
      image
        ? el('img', { class: 'portrait', alt: t('alt'), src: image.url, width: 128, height: 128 })
        : el('p', { text: t('none') }),
      el('p', { class: 'muted small-text', text: t('hint') }),
      el('p', { class: 'portrait-actions' }, choose,
        image ? el('button', { class: 'button', type: 'button', text: t('remove'), onclick: () => attempt(remove) }) : null));
  }

  async function attempt(work) {
    try {
      await work();
    } catch (problem) {
      if (problem.name === 'AbortError') return;
      shell.toast(problem.message, { error: true });
      draw(await find().catch(() => null));
    }
  }

  async function send(chosen) {
    fill(body, el('p', { role: 'status', text: t('sending') }));
    let answer;
    try {
      answer = await fetch(ADDRESS, {
        method: 'PUT',
        signal,
        credentials: 'same-origin',
        headers: { Accept: 'application/json', 'Content-Type': chosen.type || 'application/octet-stream' },
        body: chosen,
      });
    } catch (failure) {
      if (failure.name === 'AbortError') throw failure;
      throw shell.problemOf(0, JSON.stringify({ detail: t('network') }), null);
    }
    const text = await answer.text();
    if (!answer.ok) throw shell.problemOf(answer.status, text, answer.headers.get('Retry-After'));
    draw(JSON.parse(text));
    shell.toast(t('kept'));
  }

  async function remove() {
    const sure = await shell.confirm({ title: t('removeTitle'), text: t('removeText'), confirm: t('remove'), danger: true });
    if (!sure) return;
    await shell.api.delete(ADDRESS);
    draw(null);
    shell.toast(t('removed'));
  }

  draw(await find());
  return el('section', { class: 'card stack' }, el('h2', { text: t('title') }), file, body);
}

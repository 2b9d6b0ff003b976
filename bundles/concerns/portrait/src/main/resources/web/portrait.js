/**
 * The panel of the profile image on the page of the account.
 * @module portrait
 */
import messages from './messages.js';

const ADDRESS = '/api/account/image';
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Registers the panel with the shell.
 *
 * @param {object} shell see README.md of faces/web
 */
export default async function register(shell) {
  const t = shell.translator(messages);
  await shell.addStyles(new URL('./portrait.css', import.meta.url).href);
  shell.addAccountPanel({ id: 'portrait', group: 'profile', order: 5, view: (account, context) => portrait(shell, t, context.signal) });
}

async function portrait(shell, t, signal) {
  const { el, fill, icon, panel } = shell.ui;
  const body = el('div', { class: 'portrait-row' });
  const alert = el('p', { class: 'form-error', role: 'alert', hidden: true });
  const say = (message) => {
    alert.hidden = !message;
    fill(alert, message);
  };
  const file = el('input', { type: 'file', accept: 'image/jpeg,image/png', class: 'visually-hidden', tabindex: -1, 'aria-label': t('choose') });
  file.addEventListener('change', () => {
    const chosen = file.files[0];
    file.value = '';
    if (chosen) attempt(() => send(chosen));
  });

  const find = () => shell.api.get(ADDRESS, { signal });

  function draw(image, focus = false) {
    const choose = el('button', { class: 'button', type: 'button', text: t(image ? 'replace' : 'choose'), onclick: () => file.click() });
    fill(body,
      image
        ? el('img', { class: 'portrait', alt: t('alt'), src: image.url, width: 96, height: 96 })
        : el('span', { class: 'portrait portrait-none', 'aria-hidden': 'true' }, icon('user')),
      el('div', { class: 'portrait-about' },
        el('p', { class: 'portrait-actions' }, choose, image && el('button', {
          class: 'button', type: 'button', text: t('remove'), onclick: () => attempt(remove),
        })),
        el('p', { class: 'muted small-text', text: t('hint') })));
    // What was pressed is gone.
    if (focus) choose.focus();
  }

  async function attempt(work) {
    say('');
    try {
      await work();
    } catch (problem) {
      if (problem.name === 'AbortError') return;
      say(problem.message);
      draw(await find().catch(() => null), true);
    }
  }

  async function send(chosen) {
    if (chosen.size > MOST_BYTES) throw new shell.Problem({ status: 413, message: t('tooLarge') });
    fill(body,
      el('span', { class: 'portrait portrait-none portrait-busy', 'aria-hidden': 'true' }, icon('upload')),
      el('p', { role: 'status', text: t('sending') }));
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
    draw(JSON.parse(text), true);
    shell.toast(t('kept'));
  }

  async function remove() {
    const sure = await shell.confirm({ title: t('removeTitle'), text: t('removeText'), confirm: t('remove'), danger: true });
    if (!sure) return;
    await shell.api.delete(ADDRESS);
    draw(null, true);
    shell.toast(t('removed'));
  }

  const [image, { fields }] = await Promise.all([find(), shell.api.get('/api/auth/signup', { signal })]);
  // Where the site keeps no images any more, one from before can still be seen and removed.
  if (!image && !fields.includes('image')) return null;
  draw(image);
  return panel({ title: t('title') }, file, body, alert);
}

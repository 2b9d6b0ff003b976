/**
 * The panel of the authenticator app on the page of the account.
 * @module totp
 */
import messages from './messages.js';

/**
 * Registers the panel with the shell.
 *
 * @param {object} shell see README.md of faces/web
 */
export default async function register(shell) {
  const t = shell.translator(messages);
  await shell.addStyles(new URL('./totp.css', import.meta.url).href);
  shell.addAccountPanel({ id: 'totp', group: 'security', order: 40, view: (account, context) => totp(shell, t, context.signal) });
}

async function totp(shell, t, signal) {
  const { el, fill, opener, panel } = shell.ui;
  const place = el('div', { class: 'totp' });

  async function draw() {
    const state = await shell.api.get('/api/auth/totp', { signal });
    fill(place, state.on ? turnedOn(state) : turnedOff());
  }

  function turnedOn(state) {
    const off = el('button', { class: 'button', type: 'button', text: t('turnOff'), onclick: turnOff });
    return panel({ title: t('title'), state: t('on'), hint: t('onSince', { date: shell.format.date(state.since) }) },
      el('p', { class: state.recoveryCodes < 3 ? 'notice' : '', text: t('codesLeft', { n: state.recoveryCodes }) }),
      el('div', {}, off));
  }

  function turnedOff() {
    return panel({ title: t('title'), hint: t('hint') }, opener({
      label: t('begin'),
      async open(close) {
        const offer = await attempt(() => shell.api.post('/api/auth/totp'));
        return offer && setUp(shell, t, offer, close, recovery);
      },
    }));
  }

  async function attempt(work) {
    try {
      return await shell.withProof(work);
    } catch (problem) {
      shell.toast(problem.message, { error: true });
      return null;
    }
  }

  async function turnOff() {
    const sure = await shell.confirm({ title: t('turnOffTitle'), text: t('turnOffText'), confirm: t('turnOff'), danger: true });
    if (!sure) return;
    const done = await attempt(async () => {
      await shell.api.delete('/api/auth/totp');
      return true;
    });
    if (!done) return;
    shell.toast(t('isOff'));
    await changed();
  }

  /** The other devices are signed out now, and what the account needs at the next sign-in is another. */
  async function changed() {
    document.dispatchEvent(new Event('auth:sessions'));
    await Promise.all([draw(), shell.session.refresh()]);
    place.querySelector('button')?.focus();
  }

  function recovery(codes) {
    const text = codes.join('\n');
    const kept = el('button', { class: 'button primary', type: 'button', text: t('kept'), onclick: changed });
    fill(place, panel({ title: t('recoveryTitle') },
      el('p', { role: 'status', text: t('recovery') }),
      el('ol', { class: 'recovery-codes' }, codes.map((code) => el('li', {}, el('code', { text: code })))),
      el('div', { class: 'row' },
        el('button', { class: 'button', type: 'button', text: t('copy'), onclick: () => shell.copy(text) }),
        el('button', { class: 'button', type: 'button', text: t('download'), onclick: () => save(shell, text) }),
        kept)));
    kept.focus();
  }

  await draw();
  return place;
}

/** Gives the codes as a file, without the server. */
function save(shell, text) {
  const url = URL.createObjectURL(new Blob([`${location.host}\n\n${text}\n`], { type: 'text/plain' }));
  const link = shell.ui.el('a', { href: url, download: `${location.hostname}-recovery-codes.txt` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function setUp(shell, t, offer, close, done) {
  const { el, field, form } = shell.ui;
  const code = field({
    label: t('code'), name: 'code', required: true, autocomplete: 'one-time-code', hint: t('codeHint'),
    attributes: { inputmode: 'numeric', maxlength: 7 },
  });
  return el('ol', { class: 'steps' },
    el('li', {}, el('p', { text: t('scan') }),
      el('div', { class: 'totp-key' },
        el('img', { class: 'totp-qr', alt: t('qr'), src: `data:image/svg+xml;base64,${btoa(offer.qrSvg)}`, width: 180, height: 180 }),
        el('div', { class: 'stack' },
          el('p', { class: 'small-text' }, el('span', { class: 'muted', text: t('orType') }), el('br'),
            el('code', { text: offer.secret.replace(/(.{4})/g, '$1 ').trim() })),
          el('p', { class: 'small-text' }, el('a', { href: offer.otpauthUri, text: t('openApp') }))))),
    el('li', {}, form({
      fields: [code],
      submit: t('turnOn'),
      cancel: { label: t('cancel'), run: close },
      check: (values) => ({ code: /^\s*\d{3}\s*\d{3}\s*$/.test(values.code) ? '' : t('codeForm') }),
      async send(values) {
        const answer = await shell.withProof(() => shell.api.post('/api/auth/totp/confirm', { code: values.code.replace(/\s/g, '') }));
        if (answer) done(answer.recoveryCodes);
      },
    })));
}

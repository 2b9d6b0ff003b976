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
  shell.addAccountPanel({ id: 'totp', order: 40, view: (account, context) => panel(shell, t, context.signal) });
}

async function panel(shell, t, signal) {
  const { el, fill } = shell.ui;
  const body = el('div', { class: 'stack' });

  async function draw() {
    const state = await shell.api.get('/api/auth/totp', { signal });
    fill(body, state.on ? turnedOn(state) : turnedOff());
  }

  function turnedOn(state) {
    return el('div', { class: 'stack' },
      el('p', { text: t('onSince', { date: shell.format.date(state.since) }) }),
      el('p', { class: state.recoveryCodes < 3 ? 'notice' : 'muted small-text', text: t('codesLeft', { n: state.recoveryCodes }) }),
      el('p', {}, el('button', { class: 'button', type: 'button', text: t('turnOff'), onclick: turnOff })));
  }

  function turnedOff() {
    return el('div', { class: 'stack' },
      el('p', { class: 'muted small-text', text: t('hint') }),
      el('p', {}, el('button', { class: 'button primary', type: 'button', text: t('begin'), onclick: begin })));
  }

  async function attempt(work) {
    try {
      return await shell.withProof(work);
    } catch (problem) {
      shell.toast(problem.message, { error: true });
      return null;
    }
  }

  async function begin() {
    const offer = await attempt(() => shell.api.post('/api/auth/totp'));
    if (offer) fill(body, setUp(shell, t, offer, recovery));
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
    document.dispatchEvent(new Event('auth:sessions'));
    await draw();
  }

  function recovery(codes) {
    document.dispatchEvent(new Event('auth:sessions'));
    fill(body, el('div', { class: 'stack', role: 'status' },
      el('p', { class: 'notice', text: t('recovery') }),
      el('ol', { class: 'recovery-codes' }, codes.map((code) => el('li', {}, el('code', { text: code })))),
      el('p', {}, el('button', { class: 'button primary', type: 'button', text: t('kept'), onclick: draw }))));
  }

  await draw();
  return el('section', { class: 'card stack' }, el('h2', { text: t('title') }), body);
}

function setUp(shell, t, offer, done) {
  const { el, field, form } = shell.ui;
  const code = field({
    label: t('code'), name: 'code', required: true, autocomplete: 'one-time-code', hint: t('codeHint'),
    attributes: { inputmode: 'numeric', maxlength: 7 },
  });
  return el('div', { class: 'stack' },
    el('p', { text: t('scan') }),
    el('img', { class: 'totp-qr', alt: t('qr'), src: `data:image/svg+xml;base64,${btoa(offer.qrSvg)}` }),
    el('p', { class: 'muted small-text' }, `${t('orType')} `, el('code', { text: offer.secret.replace(/(.{4})/g, '$1 ').trim() })),
    el('p', {}, el('a', { href: offer.otpauthUri, text: t('openApp') })),
    form({
      fields: [code],
      submit: t('turnOn'),
      check: (values) => ({ code: /^\s*\d{3}\s*\d{3}\s*$/.test(values.code) ? '' : t('codeForm') }),
      async send(values) {
        const answer = await shell.withProof(() => shell.api.post('/api/auth/totp/confirm', { code: values.code.replace(/\s/g, '') }));
        if (answer) done(answer.recoveryCodes);
      },
    }));
}

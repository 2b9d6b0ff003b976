/**
 * Starts the pages: draws the frame, asks who is signed in, loads the entries that are on, and hands each
 * the shell object that README.md of this bundle describes.
 * @module shell
 */
import { createApi, Problem, problemOf, retryAfterOf } from './api.js';
import { el, fill, icon } from './dom.js';
import { createHeader } from './frame.js';
import { formats, languageOf, translator } from './i18n.js';
import messages from './messages.js';
import { createPlayer } from './player.js';
import { createPlayerBar } from './playerbar.js';
import { focusFirst, lines, opener, panel, secret } from './panels.js';
import { createRouter } from './router.js';
import { createSession } from './session.js';
import { confirmDialog, createToasts, field, form } from './ui.js';
import { drawWaveform } from './waveform.js';

const page = document.documentElement;
const { locale, session: sessionHint } = page.dataset;
const app = document.getElementById('app');
const main = document.getElementById('main');
const { title } = app.dataset;
const t = translator(messages, locale);
const language = languageOf(messages, locale);
page.lang = language;

const { node: toastRegion, toast } = createToasts(t);
const api = createApi({ t, onSignedOut: () => session.account && signedOut() });
const session = createSession(api);
const player = createPlayer();
const format = formats(language);

const nav = [];
const panels = [];
const accountPanels = [];
const signInWays = [];
const inOrder = (list) => [...list].sort((a, b) => (a.order ?? 100) - (b.order ?? 100));
const offers = { home: [], signIn: null, account: null, proof: null };
const dock = el('div', { class: 'dock' });

const header = createHeader({
  title, session, t, nav, signIn: () => offers.signIn?.href ?? null, account: () => offers.account,
});
const router = createRouter({
  main, session, t, title,
  signInView: (context) => offers.signIn ? offers.signIn.view(context) : noSignIn(),
  home: homePath,
  emptyView: () => (offers.home.length > 0 && !session.account ? noSignIn() : message(t('offTitle'), t('offText'))),
  onChange: (path) => header.draw(path),
});

/** What an entry's module gets; README.md says how to use it. */
const shell = Object.freeze({
  locale, title, session, player, api, toast, format,
  Problem, problemOf: (status, text, retryAfter) => problemOf(status, text, retryAfterOf(retryAfter), t),
  ui: Object.freeze({ el, fill, icon, field, form, panel, lines, opener, secret, focusFirst }),
  // In the language of the page, so that no page is half in another.
  translator: (catalogues) => translator(catalogues, language),
  addRoute: (route) => router.add(route),
  addNav(item) {
    nav.push(item);
    if (item.home) offers.home.push(item);
  },
  addTrackPanel: (panel) => panels.push(panel),
  trackPanels: () => inOrder(panels),
  addAccountPanel: (panel) => accountPanels.push(panel),
  accountPanels: () => inOrder(accountPanels),
  addSignInWay: (way) => signInWays.push(way),
  signInWays: () => inOrder(signInWays),
  offerSignIn: (offer) => (offers.signIn = offer),
  offerAccount: (offer) => (offers.account = offer),
  offerProof: (ask) => (offers.proof = ask),
  withProof,
  copy,
  addDock: (node) => dock.append(node),
  navigate: router.navigate,
  confirm: (of) => confirmDialog({ cancel: t('cancel'), ...of }),
  waveform: (container, of) => drawWaveform(container, { ...of, player, t, formats: format }),
  addStyles,
});

/** Adds a module's style sheet and waits for it, so that nothing is drawn unstyled. */
function addStyles(address) {
  return new Promise((resolve) => {
    const done = () => resolve();
    document.head.append(el('link', { rel: 'stylesheet', href: address, onload: done, onerror: done }));
  });
}

/**
 * Does what the server asks a recent proof for (`step-up-required`): asks the person for it and tries again.
 *
 * @param {() => Promise<T>} work
 * @returns {Promise<T | null>} null when the person would not prove it
 * @template T
 */
async function withProof(work) {
  try {
    return await work();
  } catch (problem) {
    if (problem.code !== 'step-up-required' || !offers.proof) throw problem;
    return (await offers.proof()) ? work() : null;
  }
}

/** Puts a text into the clipboard, and says whether it worked. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(t('copied'));
  } catch {
    // The browser may forbid it: what is shown can be selected.
    toast(t('copyByHand'), { error: true });
  }
}

function homePath() {
  const open = offers.home.filter((item) => !item.signedIn || session.account);
  return (open.sort((a, b) => (a.order ?? 100) - (b.order ?? 100))[0]?.href) ?? offers.signIn?.href ?? null;
}

function message(heading, text) {
  return el('section', { class: 'quiet' }, el('h1', { text: heading }), el('p', { text }));
}

function noSignIn() {
  return message(t('noSignInTitle'), t('noSignInText'));
}

function signedOut() {
  session.set(null);
  toast(t('signedOut'), { error: true });
  router.show();
}

async function load(entry) {
  try {
    const module = await import(entry.module);
    await module.default(shell);
  } catch (failure) {
    console.error(`Entry ${entry.id}:`, failure);
    toast(t('entryFailed', { id: entry.id }), { error: true });
  }
}

async function start() {
  main.before(header.node, dock);
  app.append(createPlayerBar({ player, t, formats: format, toast }), toastRegion);
  session.onChange((account) => {
    if (!account) player.drop();
    header.draw();
  });
  try {
    const [site] = await Promise.all([
      api.get('/web/entries.json'),
      sessionHint === 'signed-in' ? session.refresh() : null,
    ]);
    await Promise.all(site.entries.map(load));
  } catch (failure) {
    fill(main, message(t('errorTitle'), failure.message),
      el('p', { class: 'quiet' }, el('button', {
        class: 'button', type: 'button', text: t('tryAgain'), onclick: () => location.reload(),
      })));
    return;
  }
  header.draw(location.pathname);
  await router.show();
}

start();

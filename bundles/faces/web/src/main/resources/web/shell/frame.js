/**
 * The frame around every page: header, navigation, account, theme.
 * @module shell/frame
 */
import { el, fill, icon } from './dom.js';

/**
 * @typedef {object} NavItem
 * @property {string} href
 * @property {string} label
 * @property {number} [order] small first
 * @property {boolean} [signedIn] shown only to people with an account
 */

/**
 * Draws the header.
 *
 * @param {{title: string, session: object, t: Function, nav: NavItem[], signIn: () => string|null,
 *     account: () => {href: string}|null}} of `signIn` and `account` give addresses once an entry offers them
 * @returns {{node: HTMLElement, draw: (path?: string) => void}}
 */
export function createHeader(of) {
  const { session, t } = of;
  const links = el('nav', { class: 'nav', 'aria-label': t('mainNav') });
  const corner = el('div', { class: 'corner' });
  const node = el('header', { class: 'header' },
    el('div', { class: 'header-in' },
      el('a', { class: 'brand', href: '/' }, el('span', { class: 'mark', 'aria-hidden': 'true' }, icon('wave')),
        el('span', { class: 'brand-name', text: of.title })),
      links, el('div', { class: 'header-end' }, themeButton(t), corner)));
  let path = '/';

  function draw(now = path) {
    path = now;
    const items = of.nav
      .filter((item) => !item.signedIn || session.account)
      .sort((a, b) => (a.order ?? 100) - (b.order ?? 100));
    fill(links, items.map((item) => el('a', {
      href: item.href, text: item.label,
      'aria-current': path === item.href || path.startsWith(`${item.href}/`) ? 'page' : null,
    })));
    fill(corner, cornerOf());
  }

  function cornerOf() {
    if (session.account) {
      const name = session.account.displayName || session.account.username || session.account.email || t('account');
      const account = of.account();
      return account && el('a', {
        class: 'account-link', href: account.href,
        'aria-current': path === account.href || path.startsWith(`${account.href}/`) ? 'page' : null,
      }, el('span', { class: 'visually-hidden', text: `${t('account')}: ` }),
      el('span', { class: 'avatar', 'aria-hidden': 'true', text: [...name][0].toUpperCase() }),
      el('span', { class: 'account-name', text: name }));
    }
    const signIn = of.signIn();
    return signIn && path !== signIn && el('a', { class: 'button', href: signIn, text: t('signIn') });
  }

  return { node, draw };
}

/** Keeps a choice that somebody made: in the cookie `theme` where the site has one, else in this browser's storage. */
function remember(theme) {
  if (document.documentElement.dataset.themeIn === 'cookie') {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
    return;
  }
  try {
    localStorage.setItem('tonekeep.theme', theme);
  } catch {
    // Storage is blocked: the choice lasts until the page is left.
  }
}

/** Follows the system until somebody presses it; only then a choice is stored. */
function themeButton(t) {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const dark = () => (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const button = el('button', { class: 'icon-button', type: 'button', onclick: toggle });
  function draw() {
    fill(button, icon(dark() ? 'sun' : 'moon'));
    button.setAttribute('aria-label', t(dark() ? 'themeToLight' : 'themeToDark'));
  }
  function toggle() {
    const theme = dark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    remember(theme);
    draw();
    document.dispatchEvent(new Event('tonekeep:theme'));
  }
  system.addEventListener('change', draw);
  draw();
  return button;
}

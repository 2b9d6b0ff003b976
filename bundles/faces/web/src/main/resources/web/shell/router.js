/**
 * Routes of the history API. A view is a function of its context; leaving it aborts `context.signal`.
 * @module shell/router
 */
import { el, fill } from './dom.js';

/** Addresses that are the server's, not pages. */
const SERVER = /^\/(api|b|web|t)(\/|$)/;

/**
 * @typedef {object} Context
 * @property {Object<string, string>} params named parts of the path
 * @property {URLSearchParams} query
 * @property {string} path
 * @property {AbortSignal} signal aborted when the visitor leaves the view
 * @property {(values: Object<string, string>) => void} remember writes the query without a new history entry
 */

/**
 * @typedef {object} Route
 * @property {string} path such as `/tracks/:id`
 * @property {(context: Context) => Node|Promise<Node>} view
 * @property {boolean} [signedIn] true when the view needs an account
 */

/**
 * Makes the router.
 *
 * @param {{main: HTMLElement, session: object, signInView: (context: Context) => Node|Promise<Node>,
 *     home: () => string|null, emptyView: () => Node, title: string,
 *     t: Function, onChange: (path: string) => void}} of
 */
export function createRouter(of) {
  const { main, session, t } = of;
  /** @type {Array<Route & {pattern: RegExp, names: string[]}>} */
  const routes = [];
  let leave = new AbortController();
  let first = true;

  function add(route) {
    const names = [];
    const pattern = route.path.replace(/:(\w+)/g, (_, name) => {
      names.push(name);
      return '([^/]+)';
    });
    routes.push({ ...route, names, pattern: new RegExp(`^${pattern}/?$`) });
  }

  function match(path) {
    for (const route of routes) {
      const found = route.pattern.exec(path);
      if (found) {
        const params = {};
        route.names.forEach((name, i) => (params[name] = decodeURIComponent(found[i + 1])));
        return { route, params };
      }
    }
    return null;
  }

  async function show(scroll = 0) {
    leave.abort();
    leave = new AbortController();
    const { signal } = leave;
    let path = location.pathname;
    if (path === '/' && !match('/')) {
      const home = of.home();
      if (home && home !== '/') {
        history.replaceState(null, '', home);
        path = home;
      }
    }
    const context = {
      path,
      params: {},
      query: new URLSearchParams(location.search),
      signal,
      remember(values) {
        if (signal.aborted) return;
        const query = new URLSearchParams();
        Object.entries(values).forEach(([name, value]) => value && query.set(name, value));
        const text = query.toString();
        history.replaceState(history.state, '', path + (text ? `?${text}` : ''));
      },
    };
    of.onChange(path);
    const waiting = setTimeout(() => {
      if (!signal.aborted) fill(main, el('p', { class: 'loading', role: 'status', text: t('loading') }));
    }, 250);
    let node;
    try {
      node = await pick(path, context);
    } catch (failure) {
      if (signal.aborted) return;
      node = failureView(failure);
    } finally {
      clearTimeout(waiting);
    }
    if (signal.aborted) return;
    fill(main, node);
    const heading = main.querySelector('h1');
    document.title = heading ? `${heading.textContent} · ${of.title}` : of.title;
    scrollTo({ top: scroll, behavior: 'instant' });
    if (!first && !main.contains(document.activeElement)) {
      if (heading) heading.tabIndex = -1;
      (heading ?? main).focus({ preventScroll: true });
    }
    first = false;
  }

  async function pick(path, context) {
    const found = match(path);
    if (!found) return path === '/' ? of.emptyView() : notFoundView();
    context.params = found.params;
    if (found.route.signedIn && !session.account) return of.signInView(context);
    return found.route.view(context);
  }

  function notFoundView() {
    return el('section', { class: 'quiet' },
      el('h1', { text: t('notFoundTitle') }),
      el('p', { text: t('notFoundText') }),
      el('p', {}, el('a', { class: 'button', href: '/', text: t('toStart') })));
  }

  function failureView(failure) {
    if (failure.status === 404 && failure.code !== 'feature-off') return notFoundView();
    if (!failure.status && failure.name !== 'Problem') console.error(failure);
    return el('section', { class: 'quiet', role: 'alert' },
      el('h1', { text: t('errorTitle') }),
      el('p', { text: failure.message }),
      el('p', {}, el('button', { class: 'button', type: 'button', text: t('tryAgain'), onclick: () => show() })));
  }

  /**
   * Goes to a page of this site.
   *
   * @param {string} path with query
   * @param {{replace?: boolean}} [options]
   */
  function navigate(path, { replace = false } = {}) {
    history.replaceState({ scroll: scrollY }, '');
    history[replace ? 'replaceState' : 'pushState'](null, '', path);
    return show();
  }

  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (SERVER.test(link.pathname)) return;
    if (link.hash && link.pathname === location.pathname) return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
  addEventListener('popstate', () => show(history.state?.scroll ?? 0));
  history.scrollRestoration = 'manual';

  return { add, show, navigate };
}

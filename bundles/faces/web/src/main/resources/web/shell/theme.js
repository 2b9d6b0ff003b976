// Runs before the first paint. Nothing is stored until somebody switches; until then the system decides. Where the
// site's promises have a cookie for it (data-theme-in="cookie"), the choice is read from there, else from this browser's storage.
(function () {
  const page = document.documentElement;
  const inCookie = () => document.cookie.match(/(?:^|; )theme=(light|dark)(?:;|$)/)?.[1];
  try {
    const chosen = page.dataset.themeIn === 'cookie' ? inCookie() : localStorage.getItem('tonekeep.theme');
    if (chosen === 'light' || chosen === 'dark') {
      page.dataset.theme = chosen;
    }
  } catch {
    // Storage is blocked: the system's choice stays.
  }
})();

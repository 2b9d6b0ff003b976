// Runs before the first paint. Nothing is stored until somebody switches; until then the system decides.
(function () {
  try {
    const chosen = localStorage.getItem('tonekeep.theme');
    if (chosen === 'light' || chosen === 'dark') {
      document.documentElement.dataset.theme = chosen;
    }
  } catch {
    // Storage is blocked: the system's choice stays.
  }
})();

/**
 * Who is signed in.
 * @module shell/session
 */

/**
 * Makes the session. The page says whether there is one, so that a visitor without an account causes no
 * refused request.
 *
 * @param {{get: (path: string) => Promise<object>}} api
 */
export function createSession(api) {
  const listeners = new Set();
  let account = null;
  const set = (next) => {
    const changed = ['id', 'displayName', 'username', 'email'].some((part) => account?.[part] !== next?.[part]);
    account = next;
    if (changed) listeners.forEach((listener) => listener(account));
  };
  return {
    /** The account, or null. */
    get account() {
      return account;
    },
    /**
     * Calls back when somebody signs in or out or is renamed.
     *
     * @param {(account: object|null) => void} listener
     * @returns {() => void} stops it
     */
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /**
     * Asks the server who is signed in. Without accounts (feature off) nobody is.
     *
     * @returns {Promise<object|null>}
     */
    async refresh() {
      try {
        set(await api.get('/api/account'));
      } catch (problem) {
        if (problem.status !== 401 && problem.status !== 404) throw problem;
        set(null);
      }
      return account;
    },
    /** Takes a new state of the account, null after signing out. */
    set,
  };
}

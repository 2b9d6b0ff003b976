/**
 * The panel of the profile: how the person is shown.
 * @module profile/details
 */

const NETWORKS = { instagram: 'Instagram', x: 'X', soundcloud: 'SoundCloud', spotify: 'Spotify', facebook: 'Facebook' };

/**
 * Draws the panel; null where the site keeps nothing of it.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {object} account
 * @param {{signal: AbortSignal}} context
 */
export async function detailsPanel(shell, t, account, context) {
  const { el, field, form, panel } = shell.ui;
  const { usernames, fields } = await shell.api.get('/api/auth/signup', { signal: context.signal });
  // What the site stopped to keep can still be seen and cleared.
  const kept = (key) => fields.includes(key) || Boolean(account[key]);
  const username = usernames === 'off' && !account.username ? null : field({
    label: t('username'), name: 'username', value: account.username, autocomplete: 'nickname',
    required: usernames === 'required', hint: t('usernameHint'),
    attributes: { autocapitalize: 'none', spellcheck: 'false' },
  });
  const name = kept('displayName') && field({
    label: t('displayName'), name: 'displayName', value: account.displayName, autocomplete: 'name', hint: t('displayNameHint'),
  });
  const artist = kept('artistName') && field({
    label: t('artistName'), name: 'artistName', value: account.artistName, hint: t('artistNameHint'),
  });
  const networks = Object.entries(NETWORKS)
    .filter(([network]) => fields.includes('socials') || account.socials[network]);
  // Named by their pointers, so that what the server refuses stands beside its field.
  const links = networks.map(([network, label]) => field({
    label, name: `socials/${network}`, value: account.socials[network], autocomplete: 'off',
    attributes: { inputmode: 'url', autocapitalize: 'none', spellcheck: 'false' },
  }));
  const own = [username, name, artist].filter(Boolean);
  if (own.length + links.length === 0) return null;
  let known = account;

  /** Only what was changed: a field that the site does not keep would be refused. */
  function changed(values) {
    const change = {};
    for (const { input } of own) {
      const text = values[input.name].trim();
      if (text !== (known[input.name] ?? '')) change[input.name] = text;
    }
    const socials = networks
      .map(([network]) => [network, values[`socials/${network}`].trim()])
      .filter(([network, link]) => link !== (known.socials[network] ?? ''));
    if (socials.length) change.socials = Object.fromEntries(socials);
    return change;
  }

  const node = form({
    fields: [...own, ...links],
    submit: t('save'),
    async send(values) {
      const change = changed(values);
      if (Object.keys(change).length === 0) {
        shell.toast(t('nothingChanged'));
        return;
      }
      try {
        known = await shell.api.patch('/api/account', change);
      } catch (problem) {
        if (problem.code !== 'username-taken' || !username) throw problem;
        username.error(t('usernameTaken'));
        username.input.focus();
        return;
      }
      // As the server keeps it: a handle becomes an address.
      own.forEach(({ input }) => { input.value = known[input.name] ?? ''; });
      networks.forEach(([network], i) => { links[i].input.value = known.socials[network] ?? ''; });
      shell.session.set(known);
      shell.toast(t('saved'));
    },
  });
  if (links.length) {
    const together = el('fieldset', { class: 'links' },
      el('legend', { text: t('links') }), el('p', { class: 'hint', text: t('socialHint') }), el('div', { class: 'links-grid' }));
    links[0].node.before(together);
    together.lastChild.append(...links.map((link) => link.node));
  }
  return panel({ title: t('profile') }, node);
}

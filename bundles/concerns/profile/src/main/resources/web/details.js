/**
 * The panel of the profile: how the person is shown.
 * @module profile/details
 */
import { section } from './panel.js';

const NETWORKS = { instagram: 'Instagram', x: 'X', soundcloud: 'SoundCloud', spotify: 'Spotify', facebook: 'Facebook' };

/**
 * Draws the panel.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {object} account
 * @param {{signal: AbortSignal}} context
 */
export async function detailsPanel(shell, t, account, context) {
  const { field, form } = shell.ui;
  const { usernames } = await shell.api.get('/api/auth/signup', { signal: context.signal });
  const username = usernames === 'off' ? null : field({
    label: t('username'), name: 'username', value: account.username, autocomplete: 'nickname',
    required: usernames === 'required', hint: t('usernameHint'),
    attributes: { autocapitalize: 'none', spellcheck: 'false' },
  });
  const name = field({
    label: t('displayName'), name: 'displayName', value: account.displayName, autocomplete: 'name',
    hint: t('displayNameHint'),
  });
  const artist = field({
    label: t('artistName'), name: 'artistName', value: account.artistName, hint: t('artistNameHint'),
  });
  // Named by their pointers, so that what the server refuses stands beside its field.
  const links = Object.entries(NETWORKS).map(([network, label]) => field({
    label, name: `socials/${network}`, value: account.socials[network], hint: t('socialHint'),
    attributes: { inputmode: 'url', autocapitalize: 'none', spellcheck: 'false' },
  }));
  let known = account;
  return section(shell, t('profile'), form({
    fields: [username, name, artist, ...links].filter(Boolean),
    submit: t('save'),
    async send(values) {
      // Only what was changed: a field that the site does not keep would be refused.
      const change = {};
      for (const key of ['username', 'displayName', 'artistName']) {
        if (key in values && values[key].trim() !== known[key]) change[key] = values[key].trim();
      }
      const socials = Object.keys(NETWORKS)
        .map((network) => [network, values[`socials/${network}`].trim()])
        .filter(([network, link]) => link !== known.socials[network]);
      if (socials.length) change.socials = Object.fromEntries(socials);
      try {
        known = await shell.api.patch('/api/account', change);
      } catch (problem) {
        if (problem.code !== 'username-taken' || !username) throw problem;
        username.error(t('usernameTaken'));
        username.input.focus();
        return;
      }
      Object.keys(NETWORKS).forEach((network, i) => { links[i].input.value = known.socials[network]; });
      shell.session.set(known);
      shell.toast(t('saved'));
    },
  }));
}

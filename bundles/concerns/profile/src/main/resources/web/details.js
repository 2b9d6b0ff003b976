/**
 * The panel of the profile: how the person is shown.
 * @module profile/details
 */
import { section } from './panel.js';

/**
 * Draws the panel.
 *
 * @param {object} shell
 * @param {Function} t
 * @param {object} account
 */
export function detailsPanel(shell, t, account) {
  const { field, form } = shell.ui;
  const name = field({
    label: t('displayName'), name: 'displayName', value: account.displayName, autocomplete: 'name',
    hint: t('displayNameHint'),
  });
  return section(shell, t('profile'), form({
    fields: [name],
    submit: t('save'),
    async send(values) {
      shell.session.set(await shell.api.patch('/api/account', { displayName: values.displayName.trim() }));
      shell.toast(t('saved'));
    },
  }));
}

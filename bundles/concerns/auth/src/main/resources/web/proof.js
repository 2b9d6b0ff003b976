/**
 * The dialog by which a person proves again who it is.
 * @module auth/proof
 */
import { codeField, explain, reveal } from './sign.js';

/**
 * Asks for the password, and for the code where there is a second factor.
 *
 * @param {object} shell
 * @param {Function} t
 * @returns {Promise<boolean>} whether the person proved it
 */
export function askForProof(shell, t) {
  const { el, field, form } = shell.ui;
  const password = field({
    label: t('password'), name: 'password', type: 'password', autocomplete: 'current-password', required: true,
    reveal: reveal(t),
  });
  const code = codeField(shell, t);
  code.node.hidden = !(shell.session.account?.secondFactors ?? []).length;
  return new Promise((resolve) => {
    const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': 'proof-title' },
      el('h2', { id: 'proof-title', text: t('proofTitle') }),
      el('p', { text: t('proofText') }),
      form({
        fields: [password, code],
        submit: t('proofSend'),
        intro: el('input', {
          type: 'email', name: 'username', autocomplete: 'username', value: shell.session.account?.email ?? '', readonly: true,
          tabindex: -1, class: 'visually-hidden', 'aria-hidden': 'true',
        }),
        cancel: { label: t('cancel'), run: () => dialog.close('no') },
        check: (values) => ({
          password: values.password ? '' : t('enterPassword'),
          totp: code.node.hidden || values.totp.trim() ? '' : t('enterCode'),
        }),
        explain: (problem) => (problem.code === 'bad-credentials' ? t('wrongProof') : explain(t)(problem)),
        async send(values) {
          try {
            await shell.api.post('/api/auth/step-up', { password: values.password, totp: values.totp.trim() });
            dialog.close('yes');
          } catch (problem) {
            if (problem.code === 'bad-credentials' && code.node.hidden) {
              password.error(t('wrongPassword'));
              password.input.select();
              return;
            }
            if (problem.code !== 'totp-required') throw problem;
            code.node.hidden = false;
            code.input.focus();
          }
        },
      }));
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
    password.input.focus();
  });
}

/** The words of this concern. @module profile/messages */
export default {
  en: {
    account: 'Account',
    signOut: 'Sign out',
    signedOut: 'You are signed out.',
    panelFailed: 'This part cannot be shown now.',
    profile: 'Profile',
    displayName: 'Name',
    displayNameHint: 'Optional. What others see of you.',
    save: 'Save',
    saved: 'Saved.',
  },
};

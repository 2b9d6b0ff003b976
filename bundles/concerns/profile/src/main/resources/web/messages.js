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
    username: 'Username',
    usernameHint: 'Stands in public addresses. One that you give up stays yours for 30 days.',
    usernameTaken: 'This username, or one that looks the same, is taken.',
    artistName: 'Artist name',
    artistNameHint: 'Optional. The name on your music.',
    socialHint: 'Optional. A handle or an address.',
    save: 'Save',
    saved: 'Saved.',
  },
};

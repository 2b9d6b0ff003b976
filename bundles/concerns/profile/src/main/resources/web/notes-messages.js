/** The words of the panel of notes. @module profile/notes-messages */
export default {
  en: {
    title: 'Notes',
    hint: 'What the staff of this site wrote about your account.',
  },
  de: {
    title: 'Notizen',
    hint: 'Was das Team dieser Seite zu Ihrem Konto notiert hat.',
  },
};

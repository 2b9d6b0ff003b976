package org.tonekeep.identity.api;

/** What a caller may do with the way in which he signed in. faces/rest enforces it. */
public enum Scope {
  /** A session of the person: everything that the account may do. */
  SESSION,
  /** An app key: reading (GET and HEAD), but not the account itself. */
  READ,
  /** An app key: adding tracks. */
  UPLOAD,
  /** An app key: the OpenSubsonic door. */
  SUBSONIC
}

package org.tonekeep.identity.api;

/** The five networks that a profile may link to (promise KAN-15). */
public enum Social {
  INSTAGRAM,
  X,
  SOUNDCLOUD,
  SPOTIFY,
  FACEBOOK
}

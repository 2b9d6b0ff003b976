package org.tonekeep.identity.api;

/** What an account may do. Every account is an artist; the others are granted in the console. */
public enum Role {
  ARTIST,
  STAFF,
  OPERATOR
}

package org.tonekeep.rest.api;

/** What is limited against abuse; the tenant's keys are {@code limits.<act>.…}. */
public enum LimitedAct {
  LOGIN,
  SIGNUP,
  RESET,
  UPLOAD,
  SEPARATION,
  SHARE
}

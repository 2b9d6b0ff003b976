package org.tonekeep.testing.rules.planted.alpha.lost;

/** Neither in the api nor in an internal package. */
public final class Stray {}

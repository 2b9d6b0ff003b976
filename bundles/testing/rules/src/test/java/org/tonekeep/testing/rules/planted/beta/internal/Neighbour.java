package org.tonekeep.testing.rules.planted.beta.internal;

/** Another bundle's own affair. */
public final class Neighbour {}

package org.tonekeep.profile.internal.rest;

import org.jspecify.annotations.Nullable;

/** The body of a change of the profile; what is absent or null stays as it is. */
public record ProfileJson(@Nullable String displayName) {}

package org.tonekeep.breakglass.internal.rest;

import org.jspecify.annotations.Nullable;

/**
 * Which track to listen to.
 *
 * @param track may be left out when the grant is for one
 */
public record TrackChoiceJson(@Nullable String track) {}

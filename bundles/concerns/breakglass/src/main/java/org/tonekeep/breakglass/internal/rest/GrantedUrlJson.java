package org.tonekeep.breakglass.internal.rest;

import java.time.Instant;

/** A short-lived address of a track, good while the grant is. */
public record GrantedUrlJson(String url, Instant expiresAt) {}

package org.tonekeep.portrait.internal.rest;

import java.time.Instant;

/**
 * The image, for an {@code img} element.
 *
 * @param url a short-lived address below the tenant's root
 * @param width in pixels
 * @param height in pixels
 */
public record PortraitJson(String url, Instant expiresAt, int width, int height) {}

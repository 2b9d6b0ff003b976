package org.tonekeep.breakglass.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of grants.
 *
 * @param next what to give as {@code before} for the next page; null on the last
 */
public record GrantsJson(List<GrantJson> items, @Nullable String next) {}

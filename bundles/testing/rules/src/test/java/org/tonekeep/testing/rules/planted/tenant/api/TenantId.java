package org.tonekeep.testing.rules.planted.tenant.api;

/** Stands for the real one. */
public record TenantId(String value) {}

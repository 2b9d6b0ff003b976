package org.tonekeep.privacy.api;

/**
 * A kind of personal data that a bundle holds.
 *
 * @param id such as {@code account}
 * @param concern the bundle's short name, such as {@code identity}
 * @param what for people: which data
 * @param purpose for people: what for
 * @param retention for people: how long, naming the tenant key if there is one
 */
public record DataClass(String id, String concern, String what, String purpose, String retention) {}

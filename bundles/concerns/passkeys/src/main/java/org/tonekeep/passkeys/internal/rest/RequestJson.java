package org.tonekeep.passkeys.internal.rest;

import java.util.List;

/**
 * Options for {@code PublicKeyCredential.parseRequestOptionsFromJSON()} (WebAuthn Level 3, section
 * 5.5).
 *
 * @param timeout milliseconds
 * @param allowCredentials empty: the device knows
 */
public record RequestJson(
    String challenge,
    String rpId,
    long timeout,
    String userVerification,
    List<String> allowCredentials) {}

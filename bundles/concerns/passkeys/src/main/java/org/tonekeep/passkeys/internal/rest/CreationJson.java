package org.tonekeep.passkeys.internal.rest;

import java.util.List;

/**
 * Options for {@code PublicKeyCredential.parseCreationOptionsFromJSON()} (WebAuthn Level 3, section
 * 5.4).
 *
 * @param timeout milliseconds
 */
public record CreationJson(
    String challenge,
    Party rp,
    User user,
    List<Parameter> pubKeyCredParams,
    long timeout,
    List<Descriptor> excludeCredentials,
    Selection authenticatorSelection,
    String attestation) {
  /** The site. */
  public record Party(String id, String name) {}

  /**
   * The person.
   *
   * @param id a handle that tells nothing
   */
  public record User(String id, String name, String displayName) {}

  /**
   * An algorithm.
   *
   * @param alg a number of the COSE register
   */
  public record Parameter(String type, long alg) {}

  /** A credential that is there already. */
  public record Descriptor(String type, String id, List<String> transports) {}

  /** What a device must be able to do. */
  public record Selection(
      String residentKey, boolean requireResidentKey, String userVerification) {}

  /** Without the person. */
  @Override
  public String toString() {
    return "CreationJson";
  }
}

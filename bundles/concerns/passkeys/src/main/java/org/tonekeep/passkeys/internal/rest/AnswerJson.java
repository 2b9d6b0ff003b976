package org.tonekeep.passkeys.internal.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tonekeep.passkeys.internal.Answer;
import org.tonekeep.rest.api.OtherMembers;

/**
 * A browser's answer, as {@code PublicKeyCredential.toJSON()} writes it (WebAuthn Level 3, section
 * 5.1): other members of the credential are ignored.
 *
 * @param name how the owner calls a new passkey
 */
public record AnswerJson(@Nullable String name, @Nullable Credential credential) {
  private static final int MOST_TRANSPORTS = 20;

  /** The credential; all but the type is base64url. */
  @OtherMembers
  public record Credential(
      @Nullable String id, @Nullable String type, @Nullable Response response) {
    /** Without what it proves. */
    @Override
    public String toString() {
      return "Credential";
    }
  }

  /** What the device said; which members there are depends on the ceremony. */
  @OtherMembers
  public record Response(
      @Nullable String clientDataJSON,
      @Nullable String attestationObject,
      @Nullable String authenticatorData,
      @Nullable String signature,
      @Nullable String userHandle,
      @Nullable List<@Nullable String> transports) {
    /** Without what it proves. */
    @Override
    public String toString() {
      return "Response";
    }
  }

  /** The answer without its wrapping; absent parts are null. */
  static Answer answer(@Nullable AnswerJson body) {
    Credential given = body == null ? null : body.credential();
    Response said = given == null ? null : given.response();
    if (given == null || said == null) {
      return new Answer(null, null, null, null, null, null, null, List.of());
    }
    List<@Nullable String> transports = said.transports();
    List<String> words =
        transports == null
            ? List.of()
            : transports.stream()
                .filter(java.util.Objects::nonNull)
                .map(String::valueOf)
                .limit(MOST_TRANSPORTS)
                .toList();
    return new Answer(
        given.id(),
        given.type(),
        said.clientDataJSON(),
        said.attestationObject(),
        said.authenticatorData(),
        said.signature(),
        said.userHandle(),
        words);
  }

  /** Without the person. */
  @Override
  public String toString() {
    return "AnswerJson";
  }
}

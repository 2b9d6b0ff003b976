package org.tonekeep.passkeys.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a browser answers to a challenge, as it came: nothing is checked yet. All but the type and
 * the transports is base64url.
 */
public record Answer(
    @Nullable String id,
    @Nullable String type,
    @Nullable String clientData,
    @Nullable String attestation,
    @Nullable String authenticatorData,
    @Nullable String signature,
    @Nullable String userHandle,
    List<String> transports) {
  public Answer {
    transports = List.copyOf(transports);
  }

  /** Without what it proves. */
  @Override
  public String toString() {
    return "Answer";
  }
}

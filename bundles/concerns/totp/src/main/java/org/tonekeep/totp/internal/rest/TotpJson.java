package org.tonekeep.totp.internal.rest;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it stands.
 *
 * @param since null when it is off
 * @param recoveryCodes how many are left
 */
public record TotpJson(boolean on, @Nullable Instant since, int recoveryCodes) {
  /** What the app is set up with. */
  public record Offer(String secret, String otpauthUri, String qrSvg) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Offer";
    }
  }

  /** Shown once. */
  public record Recovery(List<String> recoveryCodes) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "Recovery";
    }
  }
}

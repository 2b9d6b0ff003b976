package org.tonekeep.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/**
 * Makes and reads the value of the session cookie: 256 random bits, a dot and their MAC under the
 * tenant's key, both in base64url. A value that was guessed or altered is refused by the MAC before
 * the database is asked; the database knows only a SHA-256 of the random bits.
 */
@Component(service = SessionTokens.class)
public final class SessionTokens {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}\\.[A-Za-z0-9_-]{43}");
  private static final String PURPOSE = "session";
  private static final int BYTES = 32;

  private final KeyRing keys;
  private final SecureRandom random = new SecureRandom();

  @Activate
  public SessionTokens(@Reference KeyRing keys) {
    this.keys = keys;
  }

  /**
   * A new token.
   *
   * @param value for the cookie, shown once
   * @param hash for the database, 64 hexadecimal digits
   */
  record Token(String value, String hash) {
    @Override
    public String toString() {
      return "Token";
    }
  }

  Token next(TenantId tenant) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return new Token(text(tenant, secret), hash(secret));
  }

  /** The hash of a token that was made here for the tenant; empty for every other text. */
  Optional<String> hashOf(TenantId tenant, String value) {
    if (!FORM.matcher(value).matches()) {
      return Optional.empty();
    }
    byte[] secret = Base64.getUrlDecoder().decode(value.substring(0, 43));
    // Compared as text, made again from the bytes: base64 has other spellings of the same bytes.
    byte[] canonical = text(tenant, secret).getBytes(StandardCharsets.US_ASCII);
    return MessageDigest.isEqual(canonical, value.getBytes(StandardCharsets.US_ASCII))
        ? Optional.of(hash(secret))
        : Optional.empty();
  }

  private String text(TenantId tenant, byte[] secret) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString(secret)
        + "."
        + base64.encodeToString(keys.mac(tenant, PURPOSE, secret));
  }

  private static String hash(byte[] secret) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}

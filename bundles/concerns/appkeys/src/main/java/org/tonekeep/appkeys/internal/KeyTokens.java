package org.tonekeep.appkeys.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/**
 * Makes and reads tokens: {@code tk_<id>_<secret><check>}. The id is the key's, without hyphens;
 * the secret is 256 random bits, the check 128 bits of a MAC over what precedes it, both in
 * base64url. A token that was guessed, mistyped or made elsewhere is refused by the check before
 * the database is asked. The beginning lets scanners for leaked secrets know what they have found.
 */
@Component(service = KeyTokens.class)
public final class KeyTokens {
  private static final Pattern FORM =
      Pattern.compile("(tk_([0-9a-f]{32})_[A-Za-z0-9_-]{43})([A-Za-z0-9_-]{22})");
  private static final String PURPOSE = "app-key";
  private static final int SECRET_BYTES = 32;
  private static final int CHECK_BYTES = 16;

  private final KeyRing keys;
  private final SecureRandom random = new SecureRandom();

  @Activate
  public KeyTokens(@Reference KeyRing keys) {
    this.keys = keys;
  }

  /** A new token of the key; shown once. */
  String next(TenantId tenant, String id) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    String body = "tk_" + id.replace("-", "") + "_" + text(secret);
    return body + check(tenant, body);
  }

  /** The id of the key whose token was made here for the tenant; empty for every other text. */
  Optional<String> idOf(TenantId tenant, String token) {
    Matcher form = FORM.matcher(token);
    if (!form.matches()
        || !MessageDigest.isEqual(
            check(tenant, form.group(1)).getBytes(US_ASCII), form.group(3).getBytes(US_ASCII))) {
      return Optional.empty();
    }
    String hex = form.group(2);
    return Optional.of(
        String.join(
            "-",
            hex.substring(0, 8),
            hex.substring(8, 12),
            hex.substring(12, 16),
            hex.substring(16, 20),
            hex.substring(20)));
  }

  /** What the database keeps of a token. */
  static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private String check(TenantId tenant, String body) {
    return text(Arrays.copyOf(keys.mac(tenant, PURPOSE, body.getBytes(US_ASCII)), CHECK_BYTES));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}

package org.tonekeep.vault.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/**
 * Signs texts as {@code v1.<key id>.<bytes>.<MAC>}, bytes and MAC in base64url. The key follows
 * from the tenant's and the key id, which is the number of the week since 1970: it changes by the
 * clock, on every node alike. The key of this week and of the last one are good, no other.
 */
final class UrlKeys {
  /** A text is never longer than {@link #FORM} can match. */
  static final int LONGEST = 5600;

  private static final Pattern FORM =
      Pattern.compile("v1\\.(0|[1-9][0-9]{0,5})\\.([A-Za-z0-9_-]{1,5500})\\.([A-Za-z0-9_-]{43})");

  private static final long WEEK = Duration.ofDays(7).toMillis();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final KeyRing keys;
  private final Clock clock;

  UrlKeys(KeyRing keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  String sign(TenantId tenant, byte[] payload) {
    long kid = week();
    String signed = "v1." + kid + "." + BASE64.encodeToString(payload);
    byte[] mac = keys.mac(tenant, purpose(kid), signed.getBytes(US_ASCII));
    return signed + "." + BASE64.encodeToString(mac);
  }

  /**
   * What was signed. The MAC is compared in constant time before anything else is made of the text.
   *
   * @return empty for everything that was not signed here, for the tenant, since the last week
   */
  Optional<byte[]> open(TenantId tenant, String text) {
    Matcher parts = FORM.matcher(text.length() > LONGEST ? "" : text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long kid = Long.parseLong(parts.group(1));
    if (kid != week() && kid != week() - 1) {
      return Optional.empty();
    }
    byte[] signed = text.substring(0, parts.end(2)).getBytes(US_ASCII);
    byte[] mac = Base64.getUrlDecoder().decode(parts.group(3));
    // The decoder forgives stray last bits; one address has one spelling. (The payload's spelling
    // is under the MAC.)
    if (!keys.verify(tenant, purpose(kid), signed, mac)
        || !BASE64.encodeToString(mac).equals(parts.group(3))) {
      return Optional.empty();
    }
    return Optional.of(Base64.getUrlDecoder().decode(parts.group(2)));
  }

  private long week() {
    return Math.floorDiv(clock.millis(), WEEK);
  }

  private static String purpose(long kid) {
    return "signed-url." + kid;
  }
}

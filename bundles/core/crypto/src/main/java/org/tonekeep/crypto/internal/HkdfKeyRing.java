package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/** Derives one key per tenant and purpose and keeps it for the next call. Thread-safe. */
final class HkdfKeyRing implements KeyRing {
  private static final byte[] SALT = "tonekeep key ring 1".getBytes(UTF_8);
  private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
  private static final int CACHED = 1000;

  private final byte[] pseudoRandomKey;
  private final ConcurrentMap<Use, SecretKeySpec> keys = new ConcurrentHashMap<>();

  HkdfKeyRing(byte[] rootKey) {
    this.pseudoRandomKey = Hkdf.extract(SALT, rootKey);
  }

  @Override
  public byte[] mac(TenantId tenant, String purpose, byte[] message) {
    try {
      Mac mac = Mac.getInstance(Hkdf.HMAC);
      mac.init(key(new Use(tenant, purpose)));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  @Override
  public byte[] seal(TenantId tenant, String purpose, byte[] plain) {
    throw new UnsupportedOperationException("comes with the tenant keys");
  }

  @Override
  public byte[] open(TenantId tenant, String purpose, byte[] sealed) {
    throw new UnsupportedOperationException("comes with the tenant keys");
  }

  private SecretKeySpec key(Use use) {
    if (keys.size() >= CACHED) {
      keys.clear();
    }
    return keys.computeIfAbsent(
        use, u -> new SecretKeySpec(Hkdf.expand(pseudoRandomKey, u.info(), Hkdf.HASH), Hkdf.HMAC));
  }

  /**
   * Something public that tells this root key from others, without telling the key.
   *
   * @return 32 lower-case hexadecimal digits
   */
  String fingerprint() {
    byte[] check = Hkdf.expand(pseudoRandomKey, "fingerprint".getBytes(UTF_8), 16);
    return java.util.HexFormat.of().formatHex(check);
  }

  /** What a key is for. Lengths go before the parts, so that no two uses share their bytes. */
  private record Use(TenantId tenant, String purpose) {
    Use {
      if (!PURPOSE.matcher(purpose).matches()) {
        throw new IllegalArgumentException("A purpose is 1 to 64 of a-z, 0-9, '.' and '-'");
      }
    }

    byte[] info() {
      byte[] who = tenant.value().getBytes(UTF_8);
      byte[] what = purpose.getBytes(UTF_8);
      return ByteBuffer.allocate(3 + who.length + what.length)
          .put((byte) 1)
          .put((byte) who.length)
          .put(who)
          .put((byte) what.length)
          .put(what)
          .array();
    }
  }
}

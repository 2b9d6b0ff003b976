package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.tonekeep.tenant.api.TenantId;

/**
 * What is derived from the root key: one key per tenant and purpose (kept for the next call), the
 * key that wraps the tenants' keys, marks and the fingerprint. Thread-safe.
 */
final class RootKey {
  private static final byte[] SALT = "tonekeep key ring 1".getBytes(UTF_8);
  private static final Pattern PURPOSE = Pattern.compile("[a-z][a-z0-9.-]{0,63}");
  private static final int CACHED = 1000;

  private final byte[] rootKey;
  private final byte[] pseudoRandomKey;
  private final byte[] marking;
  private final ConcurrentMap<Use, SecretKeySpec> keys = new ConcurrentHashMap<>();

  RootKey(byte[] rootKey) {
    this.rootKey = rootKey.clone();
    this.pseudoRandomKey = Hkdf.extract(SALT, rootKey);
    this.marking = derive("marks 1");
  }

  /** See {@link org.tonekeep.crypto.api.KeyRing#mac}. */
  byte[] mac(TenantId tenant, String purpose, byte[] message) {
    try {
      Mac mac = Mac.getInstance(Hkdf.HMAC);
      mac.init(key(new Use(tenant, purpose)));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA256", e);
    }
  }

  /** The key itself, for what keeps it: a sealed file, a backup. */
  byte[] bytes() {
    return rootKey.clone();
  }

  /** Wraps the tenants' keys. */
  SecretKey wrapping() {
    return Gcm.key(derive("wrap tenant keys 1"));
  }

  /** Wraps what is no tenant's, such as the secret of a day in a database. */
  SecretKey wrapping(String purpose) {
    return Gcm.key(derive("wrap " + purpose + " 1"));
  }

  /**
   * Names an owner where its id must not stand.
   *
   * @param owner may be empty: the tenant itself
   * @return 32 lower-case hexadecimal digits
   */
  String mark(TenantId tenant, String owner) {
    byte[] mac = Hkdf.hmac(marking).doFinal(Gcm.about(tenant.value(), owner));
    return HexFormat.of().formatHex(mac, 0, 16);
  }

  private byte[] derive(String use) {
    return Hkdf.expand(pseudoRandomKey, use.getBytes(UTF_8), Hkdf.HASH);
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
    return HexFormat.of().formatHex(check);
  }

  static void requirePurpose(String purpose) {
    if (!PURPOSE.matcher(purpose).matches()) {
      throw new IllegalArgumentException("A purpose is 1 to 64 of a-z, 0-9, '.' and '-'");
    }
  }

  /** What a key is for. Lengths go before the parts, so that no two uses share their bytes. */
  private record Use(TenantId tenant, String purpose) {
    Use {
      requirePurpose(purpose);
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

package org.tonekeep.testing.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.api.DailySecret;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.tenant.api.TenantId;

/**
 * Keys without a file: different ones for each tenant, purpose and owner, really encrypting. An
 * owner has a key from {@link #create} on until {@link #destroy}, as in the product.
 */
public final class TestKeys implements KeyRing, OwnerKeys, DailySecret {
  private static final String GCM = "AES/GCM/NoPadding";
  private static final byte FORMAT = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentSkipListMap<String, Long> owners = new ConcurrentSkipListMap<>();
  private final Set<String> destroyed = ConcurrentHashMap.newKeySet();

  public TestKeys() {
    this(TestClock.standing());
  }

  public TestKeys(Clock clock) {
    this.clock = clock;
  }

  @Override
  public byte[] mac(TenantId tenant, String purpose, byte[] message) {
    return hmac("tenant|" + tenant + "|" + purpose, message);
  }

  @Override
  public byte[] seal(TenantId tenant, String purpose, byte[] plain) {
    return encrypt("tenant|" + tenant + "|" + purpose, plain);
  }

  @Override
  public byte[] open(TenantId tenant, String purpose, byte[] sealed) {
    return decrypt("tenant|" + tenant + "|" + purpose, sealed);
  }

  @Override
  public void create(TenantId tenant, String owner) {
    if (destroyed.contains(name(tenant, owner))) {
      throw new IllegalStateException("The owner's key was destroyed");
    }
    Long unused = owners.putIfAbsent(name(tenant, owner), clock.millis());
  }

  @Override
  public void createEphemeral(TenantId tenant, String owner) {
    create(tenant, owner);
  }

  @Override
  public boolean exists(TenantId tenant, String owner) {
    return owners.containsKey(name(tenant, owner));
  }

  @Override
  public void destroy(TenantId tenant, String owner) {
    Long unused = owners.remove(name(tenant, owner));
    boolean first = destroyed.add(name(tenant, owner));
    assert first || !exists(tenant, owner);
  }

  @Override
  public List<Owned> list(TenantId tenant, String after, int limit) {
    return owners.tailMap(name(tenant, after), false).entrySet().stream()
        .filter(e -> e.getKey().startsWith(tenant + "/"))
        .limit(limit)
        .map(e -> new Owned(e.getKey().substring(e.getKey().indexOf('/') + 1), e.getValue()))
        .toList();
  }

  @Override
  public byte[] seal(TenantId tenant, String owner, String use, byte[] plain) {
    return encrypt(ownerKey(tenant, owner, use), plain);
  }

  @Override
  public byte[] open(TenantId tenant, String owner, String use, byte[] sealed) {
    return decrypt(ownerKey(tenant, owner, use), sealed);
  }

  @Override
  public byte[] mac(byte[] message) {
    return hmac("day|" + today(), message);
  }

  @Override
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), clock.getZone());
  }

  private String ownerKey(TenantId tenant, String owner, String use) {
    if (!exists(tenant, owner)) {
      throw new NoOwnerKeyException();
    }
    return "owner|" + name(tenant, owner) + "|" + use;
  }

  private static String name(TenantId tenant, String owner) {
    return tenant + "/" + owner;
  }

  private byte[] encrypt(String key, byte[] plain) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] body = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE + body.length).put(FORMAT).put(nonce).put(body).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decrypt(String key, byte[] sealed) {
    if (sealed.length < OVERHEAD || sealed[0] != FORMAT) {
      throw new BrokenSealException();
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOfRange(sealed, 1, 1 + NONCE))
          .doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
    } catch (AEADBadTagException e) {
      BrokenSealException broken = new BrokenSealException();
      broken.initCause(e);
      throw broken;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Cipher cipher(int mode, String key, byte[] nonce) throws GeneralSecurityException {
    byte[] bytes = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
    Cipher cipher = Cipher.getInstance(GCM);
    cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] hmac(String key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

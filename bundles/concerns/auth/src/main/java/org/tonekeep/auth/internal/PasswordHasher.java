package org.tonekeep.auth.internal;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.tenant.api.TenantId;

/**
 * Turns passwords into hashes: {@code bcrypt(base64(HMAC-SHA-384(pepper, UTF-8 password)))}, scheme
 * {@value #SCHEME}.
 *
 * <p>bcrypt reads 72 bytes and stops at a NUL; the 64 printable characters of the HMAC fit whatever
 * the password's length, and every bit of it counts. The pepper is derived per tenant from the
 * installation's root key, which is not in the database: who steals the database alone cannot try
 * passwords. Without the root key the installation does not start, so the pepper adds no new way to
 * lose it; if it is ever replaced, passwords must be reset.
 *
 * <p>Each call takes about a third of a second of processor at cost 12; {@link HashingQueue} bounds
 * how many run.
 */
@Component(service = PasswordHasher.class)
public final class PasswordHasher {
  static final String SCHEME = "bcrypt-hmac384";

  private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;
  private static final String PEPPER = "password-pepper";
  private static final String SALT = "password-salt";
  private static final int SALT_BYTES = 16;

  /** Salt and hash of nothing: verified when there is no hash, to take the same time. */
  private static final String DUMMY = "abcdefghijklmnopqrstuu" + "5xGkbYq7Qy1yPmFhO2rEo8nVtWcJ0Da";

  private final KeyRing keys;
  private final SecureRandom random = new SecureRandom();

  @Activate
  public PasswordHasher(@Reference KeyRing keys) {
    this.keys = keys;
  }

  /**
   * Hashes a password.
   *
   * @param cost 2^cost rounds, 4 to 31
   */
  Credential hash(TenantId tenant, String password, int cost) {
    byte[] prepared = prepare(tenant, password);
    try {
      byte[] hash = bcrypt().hash(cost, prepared);
      return new Credential(SCHEME, new String(hash, StandardCharsets.US_ASCII));
    } finally {
      Arrays.fill(prepared, (byte) 0);
    }
  }

  /**
   * Hashes a password with the salt of an address: what the tenant's key makes of it, so that
   * nobody else can tell it from a random one, and no two accounts share it.
   *
   * @param subject the address in its normal form
   * @param cost as in {@link #hash}
   */
  Credential hashAgain(TenantId tenant, String subject, String password, int cost) {
    byte[] prepared = prepare(tenant, password);
    byte[] mac = keys.mac(tenant, SALT, subject.getBytes(StandardCharsets.UTF_8));
    try {
      byte[] hash = bcrypt().hash(cost, Arrays.copyOf(mac, SALT_BYTES), prepared);
      return new Credential(SCHEME, new String(hash, StandardCharsets.US_ASCII));
    } finally {
      Arrays.fill(prepared, (byte) 0);
    }
  }

  private BCrypt.Hasher bcrypt() {
    return BCrypt.with(VERSION, random, LongPasswordStrategies.strict(VERSION));
  }

  /**
   * Whether the password is the stored one. Without a stored one (or with one of an unknown scheme)
   * the same work is done for a hash that no password has, so that nobody learns from the time
   * taken who has an account. A cheaper hash that does not match is followed by as much work as it
   * lacks: 2^c + 2^c + 2^(c+1) + … + 2^(cost-1) rounds are 2^cost.
   *
   * @param cost of the work that a refusal takes
   */
  boolean verify(TenantId tenant, String password, Optional<Credential> stored, int cost) {
    Optional<Credential> known = stored.filter(c -> c.scheme().equals(SCHEME));
    byte[] prepared = prepare(tenant, password);
    try {
      boolean same = matches(prepared, known.map(Credential::hash).orElseGet(() -> dummy(cost)));
      if (same && known.isPresent() && PasswordRules.wellFormed(password)) {
        return true;
      }
      fill(prepared, known, cost);
      return false;
    } finally {
      Arrays.fill(prepared, (byte) 0);
    }
  }

  /** Adds to a successful {@link #verify} the work that a refusal takes more. */
  void fill(TenantId tenant, String password, Optional<Credential> stored, int cost) {
    byte[] prepared = prepare(tenant, password);
    try {
      fill(prepared, stored, cost);
    } finally {
      Arrays.fill(prepared, (byte) 0);
    }
  }

  private static void fill(byte[] prepared, Optional<Credential> known, int cost) {
    for (int more = known.map(Credential::cost).orElse(cost); more < cost; more++) {
      boolean unused = matches(prepared, dummy(more));
    }
  }

  private static boolean matches(byte[] prepared, String hash) {
    return BCrypt.verifyer(VERSION, LongPasswordStrategies.strict(VERSION))
        .verify(prepared, hash.getBytes(StandardCharsets.US_ASCII))
        .verified;
  }

  /** Whether the hash is weaker than the tenant now asks for. */
  static boolean isWeak(Credential stored, int cost) {
    return !stored.scheme().equals(SCHEME) || stored.cost() < cost;
  }

  /** A well-formed hash that no password is known for. */
  static String dummy(int cost) {
    return "$2b$%02d$%s".formatted(cost, DUMMY);
  }

  private byte[] prepare(TenantId tenant, String password) {
    byte[] pepper = keys.mac(tenant, PEPPER, SCHEME.getBytes(StandardCharsets.US_ASCII));
    byte[] utf8 = password.getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance("HmacSHA384");
      mac.init(new SecretKeySpec(pepper, "HmacSHA384"));
      return Base64.getEncoder().encode(mac.doFinal(utf8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HmacSHA384", e);
    } finally {
      Arrays.fill(utf8, (byte) 0);
      Arrays.fill(pepper, (byte) 0);
    }
  }
}

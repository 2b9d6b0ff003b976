package org.tonekeep.passkeys.internal;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.passkeys.internal.jpa.ChallengeStore;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Makes challenges, and takes each once. They are in the database: any node may be asked. */
@Component(service = Challenges.class)
public final class Challenges {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final int BYTES = 32;

  /** What a challenge is good for. */
  enum Purpose {
    REGISTER,
    LOGIN
  }

  private final Tenants tenants;
  private final ChallengeStore store;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Activate
  public Challenges(
      @Reference Tenants tenants, @Reference ChallengeStore store, @Reference Clock clock) {
    this.tenants = tenants;
    this.store = store;
    this.clock = clock;
  }

  /**
   * A new challenge, base64url.
   *
   * @param account id of whom it is for; empty for whoever answers
   */
  String next(TenantId tenant, Purpose purpose, String account) {
    byte[] challenge = new byte[BYTES];
    random.nextBytes(challenge);
    store.insert(
        tenant, Base64Url.hash(challenge), word(purpose), account, clock.instant().plus(LIFE));
    return Base64Url.text(challenge);
  }

  /**
   * Uses a challenge up, whatever comes of the answer: call it outside of transactions.
   *
   * @throws RefusedException when it was not made here for that, is too old or was used before
   */
  void take(TenantId tenant, Purpose purpose, String account, byte[] challenge) {
    if (!store.take(tenant, Base64Url.hash(challenge), word(purpose), account, clock.instant())) {
      throw new RefusedException();
    }
  }

  /** Removes what nobody answered. */
  void purge() {
    for (Tenant tenant : tenants.all()) {
      store.purge(tenant.id(), clock.instant());
    }
  }

  private static String word(Purpose purpose) {
    return purpose.name().toLowerCase(Locale.ROOT);
  }
}

package org.tonekeep.totp.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.SecondFactor;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.totp.internal.jpa.SeedStore;

/** Checks what somebody types who has given the right password. */
@Component(service = {TotpFactor.class, SecondFactor.class})
public final class TotpFactor implements SecondFactor {
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");
  private static final int LONGEST = 100;

  private final Accounts accounts;
  private final SeedStore store;
  private final GuessWindow window;
  private final TotpNotices notices;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public TotpFactor(
      @Reference Accounts accounts,
      @Reference SeedStore store,
      @Reference GuessWindow window,
      @Reference TotpNotices notices,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.accounts = accounts;
    this.store = store;
    this.window = window;
    this.notices = notices;
    this.tx = tx;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return TotpFeature.ID;
  }

  /**
   * As the api says.
   *
   * @throws ProblemException 429 {@code too-many-attempts} after too many wrong codes; recovery
   *     codes count even then
   */
  @Override
  public boolean verify(TenantId tenant, AccountId account, String code) {
    if (code.length() > LONGEST) {
      return false;
    }
    Optional<String> recovery = RecoveryCodes.hash(code);
    String digits = code.replaceAll("\\s", "");
    return tx.call(
        tenant,
        () -> {
          Optional<Seed> seed = store.find(tenant, account).filter(Seed::confirmed);
          if (seed.isEmpty()) {
            return false;
          }
          if (recovery.isPresent()) {
            return recover(tenant, account, recovery.get());
          }
          return CODE.matcher(digits).matches() && take(tenant, account, seed.get(), digits);
        });
  }

  private boolean take(TenantId tenant, AccountId account, Seed seed, String digits) {
    window.enter(tenant, account, seed);
    Instant now = clock.instant();
    OptionalLong step = TotpCodes.match(seed.key(), digits, now, seed.lastStep());
    if (step.isEmpty() || !store.take(tenant, account, step.getAsLong(), now)) {
      return false;
    }
    tx.afterCommit(() -> window.forget(tenant, account));
    return true;
  }

  private boolean recover(TenantId tenant, AccountId account, String hash) {
    if (!store.spend(tenant, account, hash)) {
      return false;
    }
    int left = store.left(tenant, account);
    accounts.find(tenant, account).ifPresent(owner -> notices.recovered(owner, left));
    return true;
  }

  @Override
  public boolean reset(TenantId tenant, AccountId account) {
    return tx.call(
        tenant,
        () -> {
          boolean was = store.remove(tenant, account);
          boolean unused = accounts.setFactor(tenant, account, TotpFeature.ID, false);
          tx.afterCommit(() -> window.forget(tenant, account));
          return was;
        });
  }
}

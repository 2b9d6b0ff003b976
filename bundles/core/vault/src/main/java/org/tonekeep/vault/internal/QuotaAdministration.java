package org.tonekeep.vault.internal;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.storage.api.Quotas.Usage;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.vault.internal.jpa.UsageStore;

/** What the operator sees and sets of an account's room. */
@Component(service = QuotaAdministration.class)
public final class QuotaAdministration {
  private static final String DEFAULT = "default";

  private final QuotaLedger ledger;
  private final UsageStore counters;
  private final Accounts accounts;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public QuotaAdministration(
      @Reference QuotaLedger ledger,
      @Reference UsageStore counters,
      @Reference Accounts accounts,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.ledger = ledger;
    this.counters = counters;
    this.accounts = accounts;
    this.audit = audit;
    this.tx = tx;
  }

  /** What the account keeps and may keep. */
  public Usage show(TenantId tenant, String account) {
    return ledger.usage(tenant, existing(tenant, account).value());
  }

  /**
   * Gives an account limits of its own.
   *
   * @param bytes a size, {@code none} or {@code default} (as the tenant's file says); null: as it
   *     is
   * @param tracks a number, {@code none} or {@code default}; null: as it is
   * @throws IllegalArgumentException saying what would be right
   */
  public void set(
      TenantId tenant, String account, @Nullable String bytes, @Nullable String tracks) {
    if (bytes == null && tracks == null) {
      throw new IllegalArgumentException("Say --bytes or --tracks");
    }
    AccountId id = existing(tenant, account);
    tx.run(
        tenant,
        () -> {
          Counted now = counters.find(tenant, id.value()).orElse(Counted.NOTHING);
          ledger.limit(
              tenant,
              id,
              own(bytes, now.ownBytes(), Allowance::size),
              own(tracks, now.ownTracks(), Allowance::number));
          AuditEntry entry =
              AuditEntry.of(Actor.operator(), "quota.set").on(id.value()).ownedBy(id);
          audit.append(
              tenant,
              entry
                  .with("bytes", bytes == null ? "same" : bytes)
                  .with("tracks", tracks == null ? "same" : tracks));
        });
  }

  private static @Nullable Long own(
      @Nullable String word, @Nullable Long now, Function<String, Long> value) {
    if (word == null) {
      return now;
    }
    return word.equals(DEFAULT) ? null : Long.valueOf(Allowance.most(word, value));
  }

  private AccountId existing(TenantId tenant, String account) {
    AccountId id = new AccountId(account);
    if (accounts.find(tenant, id).isEmpty()) {
      throw new IllegalArgumentException("There is no such account");
    }
    return id;
  }
}

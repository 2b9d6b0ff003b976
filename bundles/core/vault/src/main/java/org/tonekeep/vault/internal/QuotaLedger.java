package org.tonekeep.vault.internal;

import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.storage.api.QuotaExceededException.What;
import org.tonekeep.storage.api.Quotas;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.vault.internal.jpa.UsageStore;

/**
 * Counts what is uploaded against what may be kept. The counters' rows are locked in one order, the
 * owner's before the site's, so that no two transactions wait for each other.
 */
@Component(service = {Quotas.class, QuotaLedger.class})
public final class QuotaLedger implements Quotas {
  private static final long NO_LIMIT = Usage.UNLIMITED;

  private final Tenants tenants;
  private final Accounts accounts;
  private final UsageStore counters;
  private final Tx tx;

  @Activate
  public QuotaLedger(
      @Reference Tenants tenants,
      @Reference Accounts accounts,
      @Reference UsageStore counters,
      @Reference Tx tx) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.counters = counters;
    this.tx = tx;
  }

  @Override
  public Usage usage(TenantId tenant, String owner) {
    Counted counted = counters.find(tenant, owner).orElse(Counted.NOTHING);
    return new Usage(
        counted.allBytes(),
        most(tenant, owner, counted.ownBytes(), VaultKeys.ACCOUNT_BYTES),
        counted.allTracks(),
        most(tenant, owner, counted.ownTracks(), VaultKeys.ACCOUNT_TRACKS));
  }

  private long most(
      TenantId tenant, String owner, @Nullable Long own, SettingKey<Allowance> setting) {
    if (own != null) {
      return own;
    }
    Allowance allowance = tenants.require(tenant).get(setting);
    // The plan is asked for only where it matters: an account is sealed, and opening it takes time.
    return allowance.plans().isEmpty()
        ? allowance.otherwise()
        : accounts
            .find(tenant, new AccountId(owner))
            .map(account -> allowance.of(account.plan()))
            .orElse(allowance.otherwise());
  }

  @Override
  public void require(TenantId tenant, String owner, long bytes) {
    room(tenant, owner).require(bytes);
  }

  /** What is left now; makes the counters' rows, which are later only changed. */
  Room room(TenantId tenant, String owner) {
    open(tenant, owner);
    open(tenant, UsageStore.SITE);
    Usage usage = usage(tenant, owner);
    if (usage.tracks() >= usage.maxTracks()) {
      throw new QuotaExceededException(What.TRACKS, usage.tracks(), usage.maxTracks());
    }
    long site = counters.find(tenant, UsageStore.SITE).orElse(Counted.NOTHING).allBytes();
    return new Room(usage.bytes(), usage.maxBytes(), site, siteBytes(tenant));
  }

  /** In a transaction of its own: an upload at once that is faster makes this one fail. */
  private void open(TenantId tenant, String owner) {
    if (counters.find(tenant, owner).isEmpty()) {
      try {
        tx.run(tenant, () -> counters.open(tenant, owner));
      } catch (RuntimeException e) {
        if (counters.find(tenant, owner).isEmpty()) {
          throw e;
        }
      }
    }
  }

  private long siteBytes(TenantId tenant) {
    return tenants.find(tenant).map(t -> t.get(VaultKeys.TENANT_BYTES)).orElse(NO_LIMIT);
  }

  /** Counts a blob that is recorded. */
  void count(TenantId tenant, BlobKey key, long length) {
    if (isCounted(key)) {
      charge(tenant, key.owner(), Charge.kept(length));
    }
  }

  /** Counts a blob no more. */
  void forget(TenantId tenant, BlobKey key, long length) {
    if (isCounted(key)) {
      credit(tenant, key.owner(), Charge.kept(length).back());
    }
  }

  private static boolean isCounted(BlobKey key) {
    return key.kind().equals(TenantVault.ORIGINAL);
  }

  @Override
  public void reserve(TenantId tenant, String owner, long bytes, int tracks) {
    charge(tenant, owner, Charge.reserved(bytes, tracks));
  }

  @Override
  public void release(TenantId tenant, String owner, long bytes, int tracks) {
    credit(tenant, owner, Charge.reserved(bytes, tracks).back());
  }

  private void charge(TenantId tenant, String owner, Charge charge) {
    tx.run(
        tenant,
        () -> {
          counters.open(tenant, owner);
          counters.open(tenant, UsageStore.SITE);
          Usage usage = usage(tenant, owner);
          if (!counters.add(tenant, owner, charge, usage.maxBytes(), usage.maxTracks())) {
            throw exceeded(usage(tenant, owner), charge);
          }
          long most = siteBytes(tenant);
          if (!counters.add(tenant, UsageStore.SITE, charge, most, NO_LIMIT)) {
            throw new QuotaExceededException(What.SITE, 0, most);
          }
        });
  }

  private static QuotaExceededException exceeded(Usage usage, Charge charge) {
    return usage.maxTracks() - charge.allTracks() < usage.tracks()
        ? new QuotaExceededException(What.TRACKS, usage.tracks(), usage.maxTracks())
        : new QuotaExceededException(What.BYTES, usage.bytes(), usage.maxBytes());
  }

  /** Only changes rows that are there: an owner may have been forgotten. */
  private void credit(TenantId tenant, String owner, Charge charge) {
    tx.run(
        tenant,
        () -> {
          boolean known = counters.add(tenant, owner, charge, NO_LIMIT, NO_LIMIT);
          boolean site = counters.add(tenant, UsageStore.SITE, charge, NO_LIMIT, NO_LIMIT);
          assert known || site;
        });
  }

  /** Sets the operator's own limits for the account; null: as the tenant's file says. */
  public void limit(
      TenantId tenant, AccountId account, @Nullable Long bytes, @Nullable Long tracks) {
    counters.limit(tenant, account.value(), bytes, tracks);
  }

  /** Forgets the counters of an account that is erased. */
  void forget(TenantId tenant, AccountId account) {
    counters.forget(tenant, account.value());
  }

  /** How much was left when an upload began. */
  record Room(long used, long most, long siteUsed, long siteMost) {
    /** Everything fits. */
    static final Room UNLIMITED = new Room(0, NO_LIMIT, 0, NO_LIMIT);

    /**
     * @param count bytes that have come so far
     * @throws QuotaExceededException when they do not fit
     */
    void require(long count) {
      if (count > most - used) {
        throw new QuotaExceededException(What.BYTES, used, most);
      }
      if (count > siteMost - siteUsed) {
        throw new QuotaExceededException(What.SITE, 0, siteMost);
      }
    }
  }
}

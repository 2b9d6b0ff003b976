package org.tonekeep.appkeys.internal.jpa;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.persistence.EntityManager;
import javax.persistence.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.appkeys.internal.AppKey;
import org.tonekeep.appkeys.internal.SlotTakenException;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of keys, sealed. It does not judge whether one is still alive. */
@Component(service = AppKeyStore.class)
public final class AppKeyStore {
  /** SQLSTATE of a unique violation, the same on Derby and PostgreSQL. */
  private static final String DUPLICATE = "23505";

  private static final String NAME = "appkeys_key.key_name";
  private static final String SECRET = "appkeys_key.secret";

  private final Database db;
  private final OwnerKeys owners;

  @Activate
  public AppKeyStore(
      @Reference(target = "(unit=appkeys)") Database db, @Reference OwnerKeys owners) {
    this.db = db;
    this.owners = owners;
  }

  /**
   * A key with the secret that it is made again from.
   *
   * @param secret the token
   */
  public record Kept(AppKey key, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Kept[" + key + "]";
    }
  }

  /**
   * Stores a new key in a free place.
   *
   * @param secret the token, where it must be made again; null where its hash is enough
   * @param most how many keys the account may have
   * @return false when it has that many
   * @throws SlotTakenException when another transaction took the place; the running transaction can
   *     then only roll back
   */
  public boolean insert(TenantId tenant, AppKey key, @Nullable String secret, int most) {
    return db.call(
        tenant,
        em -> {
          Set<Integer> used = new HashSet<>();
          rows(em, tenant, key.account()).forEach(row -> used.add(row.slot));
          int slot = 0;
          while (used.contains(slot)) {
            slot++;
          }
          if (slot >= most) {
            return false;
          }
          String owner = key.account().value();
          AppKeyEntity row = new AppKeyEntity();
          row.tenant = tenant.value();
          row.id = key.id();
          row.account = owner;
          row.slot = slot;
          row.name = owners.sealText(tenant, owner, NAME, key.name());
          row.scopes =
              key.scopes().stream().map(Enum::name).sorted().collect(Collectors.joining(","));
          row.tokenHash = key.tokenHash();
          row.secret = secret == null ? null : owners.sealText(tenant, owner, SECRET, secret);
          row.epoch = key.epoch();
          row.createdAt = key.createdAt();
          row.expiresAt = key.expiresAt();
          em.persist(row);
          flush(em);
          return true;
        });
  }

  /** The key; empty also when its owner's key was destroyed. */
  public Optional<AppKey> find(TenantId tenant, String id) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(
                    em.find(AppKeyEntity.class, new AppKeyEntity.Key(tenant.value(), id)))
                .flatMap(row -> open(tenant, row)));
  }

  /** All keys of the account, newest first. */
  public List<AppKey> list(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            rows(em, tenant, account).stream().flatMap(row -> open(tenant, row).stream()).toList());
  }

  /** The keys of the account that are kept with their secret. */
  public List<Kept> withSecrets(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            rows(em, tenant, account).stream()
                .flatMap(
                    row ->
                        Optional.ofNullable(row.secret)
                            .flatMap(
                                text ->
                                    open(tenant, row)
                                        .map(
                                            key ->
                                                new Kept(
                                                    key,
                                                    owners.openText(
                                                        tenant, row.account, SECRET, text))))
                            .stream())
                .toList());
  }

  /** Sets when the key was used, unless a later time is known. */
  public void touch(TenantId tenant, String id, Instant when) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "UPDATE AppKeyEntity k SET k.lastUsed = :used WHERE k.tenant = :tenant"
                            + " AND k.id = :id AND (k.lastUsed IS NULL OR k.lastUsed < :used)")
                    .setParameter("used", when)
                    .setParameter("tenant", tenant.value())
                    .setParameter("id", id)
                    .executeUpdate());
  }

  /** Removes one key of the account; false when it has none of that id. */
  public boolean remove(TenantId tenant, AccountId account, String id) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                        "DELETE FROM AppKeyEntity k WHERE k.tenant = :tenant"
                            + " AND k.account = :account AND k.id = :id")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .setParameter("id", id)
                    .executeUpdate()
                > 0);
  }

  /** Removes all keys of the account. */
  public void removeAll(TenantId tenant, AccountId account) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM AppKeyEntity k"
                            + " WHERE k.tenant = :tenant AND k.account = :account")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .executeUpdate());
  }

  /**
   * Removes keys of the account that can never live again: of an epoch before this one, or expired.
   *
   * @param epoch the account's now, or a moment ago: a key of a later one stays
   */
  public void removeDead(TenantId tenant, AccountId account, long epoch, Instant now) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM AppKeyEntity k WHERE k.tenant = :tenant"
                            + " AND k.account = :account"
                            + " AND (k.epoch < :epoch OR k.expiresAt <= :now)")
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .setParameter("epoch", epoch)
                    .setParameter("now", now)
                    .executeUpdate());
  }

  /** Accounts that have keys and whose id is greater than {@code after}, by id. */
  public List<AccountId> accounts(TenantId tenant, String after, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT DISTINCT k.account FROM AppKeyEntity k"
                        + " WHERE k.tenant = :tenant AND k.account > :after ORDER BY k.account",
                    String.class)
                .setParameter("tenant", tenant.value())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(AccountId::new)
                .toList());
  }

  /**
   * Removes the tenant's keys that have expired.
   *
   * @return how many there were
   */
  public int purge(TenantId tenant, Instant now) {
    return db.call(
        tenant,
        em ->
            em.createQuery(
                    "DELETE FROM AppKeyEntity k"
                        + " WHERE k.tenant = :tenant AND k.expiresAt <= :now")
                .setParameter("tenant", tenant.value())
                .setParameter("now", now)
                .executeUpdate());
  }

  private static List<AppKeyEntity> rows(EntityManager em, TenantId tenant, AccountId account) {
    return em.createQuery(
            "SELECT k FROM AppKeyEntity k WHERE k.tenant = :tenant AND k.account = :account",
            AppKeyEntity.class)
        .setParameter("tenant", tenant.value())
        .setParameter("account", account.value())
        .getResultStream()
        .sorted(Comparator.comparing((AppKeyEntity row) -> row.id).reversed())
        .toList();
  }

  private Optional<AppKey> open(TenantId tenant, AppKeyEntity row) {
    String name;
    try {
      name = owners.openText(tenant, row.account, NAME, row.name);
    } catch (NoOwnerKeyException e) {
      return Optional.empty(); // the owner was erased: there is nothing left to open
    }
    return Optional.of(
        new AppKey(
            row.id,
            new AccountId(row.account),
            name,
            Arrays.stream(row.scopes.split(",", -1))
                .map(word -> Scope.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet()),
            row.tokenHash,
            row.epoch,
            row.createdAt,
            row.expiresAt,
            Optional.ofNullable(row.lastUsed)));
  }

  /** Flushes here, where a unique violation can still be told from other failures. */
  private static void flush(EntityManager em) {
    try {
      em.flush();
    } catch (PersistenceException e) {
      for (Throwable t = e; t != null; t = t.getCause()) {
        if (t instanceof SQLException sql && DUPLICATE.equals(sql.getSQLState())) {
          throw new SlotTakenException();
        }
      }
      throw e;
    }
  }
}

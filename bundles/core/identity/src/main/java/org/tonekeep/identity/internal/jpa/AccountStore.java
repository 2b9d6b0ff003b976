package org.tonekeep.identity.internal.jpa;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.persistence.EntityManager;
import javax.persistence.LockModeType;
import javax.persistence.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.identity.api.InvalidProfileException;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.UsernameTakenException;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of accounts. An account whose key was destroyed is no account any more. */
@Component(service = AccountStore.class)
public final class AccountStore {
  /** SQLSTATE of a unique violation, the same on Derby and PostgreSQL. */
  private static final String DUPLICATE = "23505";

  private final Database db;
  private final SealedAccounts sealed;
  private final Clock clock;

  @Activate
  public AccountStore(
      @Reference(target = "(unit=identity)") Database db,
      @Reference OwnerKeys keys,
      @Reference Clock clock) {
    this.db = db;
    this.clock = clock;
    this.sealed = new SealedAccounts(keys);
  }

  /**
   * Stores a new account, whose owner has a key already.
   *
   * @param emailIndex 64 hexadecimal digits, the same for two addresses that are the same
   * @param names keys of which two usernames that look the same share one; none without a username
   * @throws EmailTakenException when the tenant has the address already or keeps it for an account
   *     that gave it up lately, also when another transaction was the first to commit it; the
   *     running transaction can then only roll back
   * @throws UsernameTakenException alike
   */
  public void insert(TenantId tenant, Account account, String emailIndex, Set<String> names) {
    Object unused =
        db.call(
            tenant,
            em -> {
              AccountEntity row = new AccountEntity();
              row.tenant = tenant.value();
              row.id = account.id().value();
              requireFree(em, tenant, emailIndex);
              names(em).take(tenant, row.id, names);
              sealed.email(tenant, row, account.email(), emailIndex);
              sealed.profile(tenant, row, account.profile());
              row.roles = SealedAccounts.roles(account.roles());
              row.plan = account.plan();
              row.state = account.state().name();
              row.epoch = account.epoch();
              row.factors = "";
              row.createdAt = account.createdAt();
              em.persist(row);
              flush(em);
              return row.id;
            });
  }

  public Optional<Account> find(TenantId tenant, AccountId id) {
    return db.call(
        tenant, em -> Optional.ofNullable(row(em, tenant, id)).flatMap(row -> open(tenant, row)));
  }

  public Optional<Account> findByEmail(TenantId tenant, String index) {
    return db.call(tenant, em -> byEmail(em, tenant, index).flatMap(row -> open(tenant, row)));
  }

  /** The account that an address is kept for. */
  public Optional<Account> findByFormerEmail(TenantId tenant, String index) {
    return db.call(
        tenant,
        em ->
            former(em)
                .owner(tenant, index)
                .flatMap(id -> Optional.ofNullable(row(em, tenant, new AccountId(id))))
                .flatMap(row -> open(tenant, row)));
  }

  /** The account that uses a username of one of the keys. */
  public Optional<Account> findByUsername(TenantId tenant, Set<String> names) {
    return db.call(
        tenant,
        em ->
            names(em)
                .owner(tenant, names)
                .flatMap(id -> Optional.ofNullable(row(em, tenant, new AccountId(id))))
                .flatMap(row -> open(tenant, row)));
  }

  /** Whether a new account may take names of these keys now. */
  public boolean isFree(TenantId tenant, Set<String> names) {
    return db.call(tenant, em -> names(em).isFree(tenant, names));
  }

  /** Accounts whose id is greater than {@code after}, by id, which is by time of sign-up. */
  public List<Account> list(TenantId tenant, String after, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT a FROM AccountEntity a WHERE a.tenant = :tenant AND a.id > :after"
                        + " ORDER BY a.id",
                    AccountEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .flatMap(row -> open(tenant, row).stream())
                .toList());
  }

  public boolean setPlan(TenantId tenant, AccountId id, String plan) {
    return change(tenant, id, row -> row.plan = plan);
  }

  public boolean setRoles(TenantId tenant, AccountId id, Set<Role> roles) {
    return change(
        tenant,
        id,
        row -> {
          String words = SealedAccounts.roles(roles);
          row.epoch += words.equals(row.roles) ? 0 : 1;
          row.roles = words;
        });
  }

  public boolean setState(TenantId tenant, AccountId id, AccountState state) {
    return change(
        tenant,
        id,
        row -> {
          row.epoch += state == AccountState.SUSPENDED ? 1 : 0;
          row.state = state.name();
        });
  }

  public boolean setFactor(TenantId tenant, AccountId id, String kind, boolean needed) {
    return change(
        tenant,
        id,
        row -> {
          Set<String> kinds = new TreeSet<>(SealedAccounts.words(row.factors));
          boolean unused = needed ? kinds.add(kind) : kinds.remove(kind);
          row.factors = String.join(" ", kinds);
        });
  }

  public boolean beginEpoch(TenantId tenant, AccountId id) {
    return change(tenant, id, row -> row.epoch++);
  }

  /**
   * @param pause see {@link NameRows#requirePause}
   * @throws UsernameTakenException see {@link #insert}
   * @throws InvalidProfileException when the username was changed lately
   */
  public boolean setProfile(
      TenantId tenant, AccountId id, Profile profile, Set<String> names, Duration pause) {
    return db.call(
        tenant,
        em -> {
          AccountEntity row = locked(em, tenant, id);
          if (row == null) {
            return false;
          }
          names(em).requirePause(tenant, row.id, names, pause);
          names(em).take(tenant, row.id, names);
          names(em).freeOldest(tenant, row.id);
          sealed.profile(tenant, row, profile);
          flush(em);
          return true;
        });
  }

  /**
   * Sets a proven address; one that waits for its confirmation at another account is taken away.
   *
   * @throws EmailTakenException when another account in use has it; see {@link #insert}
   */
  public boolean setEmail(TenantId tenant, AccountId id, String email, String emailIndex) {
    return db.call(
        tenant,
        em -> {
          AccountEntity row = locked(em, tenant, id);
          if (row == null) {
            return false;
          }
          if (!row.emailIndex.equals(emailIndex)) {
            evictPending(em, tenant, emailIndex);
            former(em).keep(tenant, row.id, row.emailIndex);
          }
          sealed.email(tenant, row, email, emailIndex);
          row.epoch++;
          flush(em);
          return true;
        });
  }

  /** Whether there is a row of that id, also one whose key was destroyed. */
  public boolean exists(TenantId tenant, AccountId id) {
    return db.call(tenant, em -> row(em, tenant, id) != null);
  }

  /** Removes the account and frees its names; nothing happens when it is gone already. */
  public void remove(TenantId tenant, AccountId id) {
    Object unused =
        db.call(
            tenant,
            em -> {
              names(em).free(tenant, id.value());
              former(em).free(tenant, id.value());
              return em.createQuery(
                      "DELETE FROM AccountEntity a WHERE a.tenant = :tenant AND a.id = :id")
                  .setParameter("tenant", tenant.value())
                  .setParameter("id", id.value())
                  .executeUpdate();
            });
  }

  private Optional<Account> open(TenantId tenant, AccountEntity row) {
    try {
      return Optional.of(sealed.open(tenant, row));
    } catch (NoOwnerKeyException e) {
      return Optional.empty();
    }
  }

  private boolean change(TenantId tenant, AccountId id, Consumer<AccountEntity> change) {
    return db.call(
        tenant,
        em -> {
          AccountEntity row = locked(em, tenant, id);
          if (row == null) {
            return false;
          }
          change.accept(row);
          return true;
        });
  }

  private static @Nullable AccountEntity row(EntityManager em, TenantId tenant, AccountId id) {
    return em.find(AccountEntity.class, new AccountEntity.Key(tenant.value(), id.value()));
  }

  /** Two changes of one account come one after the other: no epoch is lost. */
  private static @Nullable AccountEntity locked(EntityManager em, TenantId tenant, AccountId id) {
    return em.find(
        AccountEntity.class,
        new AccountEntity.Key(tenant.value(), id.value()),
        LockModeType.PESSIMISTIC_WRITE);
  }

  private static Optional<AccountEntity> byEmail(EntityManager em, TenantId tenant, String index) {
    return em.createQuery(
            "SELECT a FROM AccountEntity a WHERE a.tenant = :tenant AND a.emailIndex = :index",
            AccountEntity.class)
        .setParameter("tenant", tenant.value())
        .setParameter("index", index)
        .getResultStream()
        .findFirst();
  }

  private NameRows names(EntityManager em) {
    return new NameRows(em, clock.instant());
  }

  private FormerEmails former(EntityManager em) {
    return new FormerEmails(em, clock.instant());
  }

  private void requireFree(EntityManager em, TenantId tenant, String emailIndex) {
    if (byEmail(em, tenant, emailIndex).isPresent()
        || former(em).owner(tenant, emailIndex).isPresent()) {
      throw new EmailTakenException();
    }
  }

  /**
   * Who has proven an address is its owner, whoever else only typed it: that account is found by no
   * address any more, its links are dead with its epoch, and it goes as all that nobody confirms.
   */
  private static void evictPending(EntityManager em, TenantId tenant, String emailIndex) {
    byEmail(em, tenant, emailIndex)
        .ifPresent(
            other -> {
              em.refresh(other, LockModeType.PESSIMISTIC_WRITE);
              if (!other.state.equals(AccountState.PENDING.name())) {
                throw new EmailTakenException();
              }
              other.emailIndex = "evicted:" + other.id;
              other.epoch++;
              flush(em);
            });
  }

  /**
   * Flushes here, where a unique violation can still be told from other failures. The failure
   * itself is not passed on: a database may put values into its message.
   */
  static void flush(EntityManager em) {
    try {
      em.flush();
    } catch (PersistenceException e) {
      for (Throwable t = e; t != null; t = t.getCause()) {
        if (t instanceof SQLException sql && DUPLICATE.equals(sql.getSQLState())) {
          throw String.valueOf(sql.getMessage())
                  .toLowerCase(java.util.Locale.ROOT)
                  .contains("username")
              ? new UsernameTakenException()
              : new EmailTakenException();
        }
      }
      throw e;
    }
  }
}

package org.tonekeep.identity.internal.jpa;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.persistence.EntityManager;
import javax.persistence.PersistenceException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.identity.api.Role;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of accounts. */
@Component(service = AccountStore.class)
public final class AccountStore {
  /** SQLSTATE of a unique violation, the same on Derby and PostgreSQL. */
  private static final String DUPLICATE = "23505";

  private final Database db;

  @Activate
  public AccountStore(@Reference(target = "(unit=identity)") Database db) {
    this.db = db;
  }

  /**
   * Stores a new account.
   *
   * @param emailIndex 64 hexadecimal digits, the same for two addresses that are the same
   * @throws EmailTakenException when the tenant has the address already, also when another
   *     transaction was the first to commit it; the running transaction can then only roll back
   */
  public void insert(TenantId tenant, Account account, String emailIndex) {
    Object unused =
        db.call(
            tenant,
            em -> {
              if (byIndex(em, tenant, emailIndex).isPresent()) {
                throw new EmailTakenException();
              }
              em.persist(entity(tenant, account, emailIndex));
              flush(em);
              return account;
            });
  }

  public Optional<Account> find(TenantId tenant, AccountId id) {
    return db.call(
        tenant, em -> Optional.ofNullable(row(em, tenant, id)).map(e -> account(tenant, e)));
  }

  public Optional<Account> findByIndex(TenantId tenant, String emailIndex) {
    return db.call(tenant, em -> byIndex(em, tenant, emailIndex).map(e -> account(tenant, e)));
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
                .map(e -> account(tenant, e))
                .toList());
  }

  public boolean setPlan(TenantId tenant, AccountId id, String plan) {
    return change(tenant, id, e -> e.plan = plan);
  }

  public boolean setRoles(TenantId tenant, AccountId id, Set<Role> roles) {
    return change(tenant, id, e -> e.roles = words(roles));
  }

  public boolean rename(TenantId tenant, AccountId id, String displayName) {
    return change(tenant, id, e -> e.displayName = displayName);
  }

  /** Removes the account; nothing happens when it is gone already. */
  public void remove(TenantId tenant, AccountId id) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM AccountEntity a WHERE a.tenant = :tenant AND a.id = :id")
                    .setParameter("tenant", tenant.value())
                    .setParameter("id", id.value())
                    .executeUpdate());
  }

  private boolean change(TenantId tenant, AccountId id, Consumer<AccountEntity> change) {
    return db.call(
        tenant,
        em -> {
          AccountEntity entity = row(em, tenant, id);
          if (entity == null) {
            return false;
          }
          change.accept(entity);
          return true;
        });
  }

  private static @Nullable AccountEntity row(EntityManager em, TenantId tenant, AccountId id) {
    return em.find(AccountEntity.class, new AccountEntity.Key(tenant.value(), id.value()));
  }

  private static Optional<AccountEntity> byIndex(EntityManager em, TenantId tenant, String index) {
    return em.createQuery(
            "SELECT a FROM AccountEntity a WHERE a.tenant = :tenant AND a.emailIndex = :index",
            AccountEntity.class)
        .setParameter("tenant", tenant.value())
        .setParameter("index", index)
        .getResultStream()
        .findFirst();
  }

  /**
   * Flushes here, where a unique violation can still be told from other failures. The failure
   * itself is not passed on: a database may put the address into its message.
   */
  private static void flush(EntityManager em) {
    try {
      em.flush();
    } catch (PersistenceException e) {
      if (isDuplicate(e)) {
        throw new EmailTakenException();
      }
      throw e;
    }
  }

  private static boolean isDuplicate(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && DUPLICATE.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static AccountEntity entity(TenantId tenant, Account account, String emailIndex) {
    AccountEntity entity = new AccountEntity();
    entity.tenant = tenant.value();
    entity.id = account.id().value();
    entity.email = account.email();
    entity.emailIndex = emailIndex;
    entity.displayName = account.displayName();
    entity.roles = words(account.roles());
    entity.plan = account.plan();
    entity.createdAt = account.createdAt();
    return entity;
  }

  private static Account account(TenantId tenant, AccountEntity entity) {
    Set<Role> roles =
        Arrays.stream(entity.roles.split(" "))
            .map(word -> Role.valueOf(word.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
    return new Account(
        tenant,
        new AccountId(entity.id),
        entity.email,
        entity.displayName,
        roles,
        entity.plan,
        entity.createdAt);
  }

  private static String words(Set<Role> roles) {
    return roles.stream()
        .sorted()
        .map(role -> role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }
}

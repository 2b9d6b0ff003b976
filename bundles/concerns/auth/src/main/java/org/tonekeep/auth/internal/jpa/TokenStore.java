package org.tonekeep.auth.internal.jpa;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.TokenKind;
import org.tonekeep.auth.internal.TokenRow;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Database;
import org.tonekeep.tenant.api.TenantId;

/** The rows of links. It does not judge whether one is still good. */
@Component(service = TokenStore.class)
public final class TokenStore {
  private static final String OF_ACCOUNT = " t.tenant = :tenant AND t.account = :account";

  private final Database db;

  @Activate
  public TokenStore(@Reference(target = "(unit=auth)") Database db) {
    this.db = db;
  }

  public void insert(TenantId tenant, String tokenHash, TokenRow token) {
    Object unused =
        db.call(
            tenant,
            em -> {
              TokenEntity entity = new TokenEntity();
              entity.tenant = tenant.value();
              entity.tokenHash = tokenHash;
              entity.account = token.account().value();
              entity.kind = token.kind().name();
              entity.epoch = token.epoch();
              entity.detail = token.detail();
              entity.createdAt = token.createdAt();
              entity.expiresAt = token.expiresAt();
              em.persist(entity);
              return entity.tokenHash;
            });
  }

  public Optional<TokenRow> find(TenantId tenant, String tokenHash) {
    return db.call(
        tenant,
        em ->
            Optional.ofNullable(
                    em.find(TokenEntity.class, new TokenEntity.Key(tenant.value(), tokenHash)))
                .map(TokenStore::token));
  }

  /** The account's newest row of the kind. */
  public Optional<TokenRow> newest(TenantId tenant, AccountId account, TokenKind kind) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT t FROM TokenEntity t WHERE"
                        + OF_ACCOUNT
                        + " AND t.kind = :kind ORDER BY t.createdAt DESC",
                    TokenEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("account", account.value())
                .setParameter("kind", kind.name())
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst()
                .map(TokenStore::token));
  }

  /** The account's rows, oldest first. */
  public List<TokenRow> list(TenantId tenant, AccountId account) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT t FROM TokenEntity t WHERE" + OF_ACCOUNT + " ORDER BY t.createdAt",
                    TokenEntity.class)
                .setParameter("tenant", tenant.value())
                .setParameter("account", account.value())
                .getResultList()
                .stream()
                .map(TokenStore::token)
                .toList());
  }

  /**
   * Removes the account's rows of the kind. Of two at the same time only one gets them.
   *
   * @return how many there were
   */
  public int remove(TenantId tenant, AccountId account, TokenKind kind) {
    return db.call(
        tenant,
        em ->
            em.createQuery("DELETE FROM TokenEntity t WHERE" + OF_ACCOUNT + " AND t.kind = :kind")
                .setParameter("tenant", tenant.value())
                .setParameter("account", account.value())
                .setParameter("kind", kind.name())
                .executeUpdate());
  }

  /** Removes all rows of the account. */
  public void removeAll(TenantId tenant, AccountId account) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery("DELETE FROM TokenEntity t WHERE" + OF_ACCOUNT)
                    .setParameter("tenant", tenant.value())
                    .setParameter("account", account.value())
                    .executeUpdate());
  }

  /**
   * Accounts with a row of the kind that was made up to then, by id.
   *
   * @param after an account id, or empty for the first page
   */
  public List<AccountId> accounts(
      TenantId tenant, TokenKind kind, Instant until, String after, int limit) {
    return db.call(
        tenant,
        em ->
            em
                .createQuery(
                    "SELECT DISTINCT t.account FROM TokenEntity t WHERE t.tenant = :tenant"
                        + " AND t.kind = :kind AND t.createdAt <= :until"
                        + " AND t.account > :after ORDER BY t.account",
                    String.class)
                .setParameter("tenant", tenant.value())
                .setParameter("kind", kind.name())
                .setParameter("until", until)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList()
                .stream()
                .map(AccountId::new)
                .toList());
  }

  /** Removes rows that are over; those of the kind are kept. */
  public void purge(TenantId tenant, TokenKind kept, Instant now) {
    Object unused =
        db.call(
            tenant,
            em ->
                em.createQuery(
                        "DELETE FROM TokenEntity t WHERE t.tenant = :tenant"
                            + " AND t.kind <> :kept AND t.expiresAt <= :now")
                    .setParameter("tenant", tenant.value())
                    .setParameter("kept", kept.name())
                    .setParameter("now", now)
                    .executeUpdate());
  }

  private static TokenRow token(TokenEntity entity) {
    return new TokenRow(
        new AccountId(entity.account),
        TokenKind.valueOf(entity.kind),
        entity.epoch,
        entity.detail,
        entity.createdAt,
        entity.expiresAt);
  }
}

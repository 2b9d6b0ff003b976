package org.tonekeep.auth.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.auth.internal.jpa.TokenStore;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.tenant.api.TenantId;

/**
 * Makes and redeems the tokens in mails: 256 random bits of which only the SHA-256 is stored, good
 * once, for a time, and in the epoch of the account in which they were made. All methods join the
 * running transaction.
 */
@Component(service = MailTokens.class)
public final class MailTokens {
  private static final String DETAIL = "auth_token.detail";
  private static final int BYTES = 32;

  private final TokenStore store;
  private final Accounts accounts;
  private final OwnerKeys owners;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Activate
  public MailTokens(
      @Reference TokenStore store,
      @Reference Accounts accounts,
      @Reference OwnerKeys owners,
      @Reference Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.owners = owners;
    this.clock = clock;
  }

  /** An account whose token is good, and what was kept with it. */
  record Good(Account account, String detail) {
    @Override
    public String toString() {
      return "Good[" + account + "]";
    }
  }

  /**
   * Makes a token, unless the account got one of the kind a moment ago.
   *
   * @param detail kept sealed with it; may be empty
   */
  Optional<String> issue(Account account, TokenKind kind, String detail) {
    Instant now = clock.instant();
    boolean recent =
        store
            .newest(account.tenant(), account.id(), kind)
            .filter(row -> row.epoch() == account.epoch())
            .filter(row -> now.isBefore(row.createdAt().plus(kind.pause())))
            .isPresent();
    if (recent) {
      return Optional.empty();
    }
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    store.insert(
        account.tenant(),
        hash(token),
        new TokenRow(
            account.id(),
            kind,
            account.epoch(),
            detail.isEmpty()
                ? ""
                : owners.sealText(account.tenant(), account.id().value(), DETAIL, detail),
            now,
            now.plus(kind.life())));
    return Optional.of(token);
  }

  /** What was kept with the account's newest token of the kind; empty when there is none. */
  String detail(Account account, TokenKind kind) {
    return store
        .newest(account.tenant(), account.id(), kind)
        .map(row -> opened(account, row))
        .orElse("");
  }

  /** Whose token it is, if it is good now. It stays good. */
  Optional<Good> find(TenantId tenant, String token, TokenKind kind) {
    Instant now = clock.instant();
    return store
        .find(tenant, hash(token))
        .filter(row -> row.kind() == kind && now.isBefore(row.expiresAt()))
        .flatMap(
            row ->
                accounts
                    .find(tenant, row.account())
                    .filter(account -> account.epoch() == row.epoch())
                    .map(account -> new Good(account, opened(account, row))));
  }

  /** As {@link #find}, and uses it up, with all others of its kind: of two only one gets it. */
  Optional<Good> redeem(TenantId tenant, String token, TokenKind kind) {
    return find(tenant, token, kind)
        .filter(good -> store.remove(tenant, good.account().id(), kind) > 0);
  }

  private String opened(Account account, TokenRow row) {
    return row.detail().isEmpty()
        ? ""
        : owners.openText(account.tenant(), account.id().value(), DETAIL, row.detail());
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}

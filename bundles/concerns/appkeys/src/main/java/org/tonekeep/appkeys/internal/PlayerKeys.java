package org.tonekeep.appkeys.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.appkeys.internal.jpa.AppKeyStore;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.identity.api.SubsonicKeys;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.TenantId;

/**
 * Recognises the salted digests that players send. All keys of the account are compared, each in
 * constant time, whether or not one matched before.
 */
@Component(service = SubsonicKeys.class)
public final class PlayerKeys implements SubsonicKeys {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{32}");
  private static final int LONGEST = 256;

  private final Accounts accounts;
  private final AppKeyStore store;
  private final KeyCallers callers;
  private final Gate gate;
  private final Clock clock;

  @Activate
  public PlayerKeys(
      @Reference Accounts accounts,
      @Reference AppKeyStore store,
      @Reference KeyCallers callers,
      @Reference Gate gate,
      @Reference Clock clock) {
    this.accounts = accounts;
    this.store = store;
    this.callers = callers;
    this.gate = gate;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> byToken(TenantId tenant, String username, String token, String salt) {
    if (!DIGEST.matcher(token).matches()
        || username.length() > LONGEST
        || salt.length() > LONGEST
        || !gate.isOn(tenant, AppKeysFeature.ID)) {
      return Optional.empty();
    }
    Optional<Account> owner =
        accounts.findByUsername(tenant, username).or(() -> accounts.findByEmail(tenant, username));
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    byte[] given = token.toLowerCase(Locale.ROOT).getBytes(US_ASCII);
    Instant now = clock.instant();
    Optional<AppKey> match = Optional.empty();
    for (AppKeyStore.Kept kept : store.withSecrets(tenant, owner.get().id())) {
      boolean same = MessageDigest.isEqual(given, digest(kept.secret() + salt).getBytes(US_ASCII));
      if (same && kept.key().scopes().contains(Scope.SUBSONIC)) {
        match = Optional.of(kept.key());
      }
    }
    return match.flatMap(key -> callers.use(tenant, key, now));
  }

  /** MD5 because the players' protocol has it; what it protects is 256 random bits. */
  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}

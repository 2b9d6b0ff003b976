package org.tonekeep.totp.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.SignIns;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;
import org.tonekeep.totp.internal.jpa.SeedStore;

/** Sets an authenticator app up, and takes it away. */
@Component(service = Totp.class)
public final class Totp {
  private final Tenants tenants;
  private final Accounts accounts;
  private final SignIns signIns;
  private final SeedStore store;
  private final TotpFactor factor;
  private final GuessWindow window;
  private final TotpNotices notices;
  private final Limits limits;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public Totp(
      @Reference Tenants tenants,
      @Reference Accounts accounts,
      @Reference SignIns signIns,
      @Reference SeedStore store,
      @Reference TotpFactor factor,
      @Reference GuessWindow window,
      @Reference TotpNotices notices,
      @Reference Limits limits,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.tenants = tenants;
    this.accounts = accounts;
    this.signIns = signIns;
    this.store = store;
    this.factor = factor;
    this.window = window;
    this.notices = notices;
    this.limits = limits;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * How it stands.
   *
   * @param since when it was set up; empty when it is off
   * @param recoveryCodes how many are left
   */
  public record State(Optional<Instant> since, int recoveryCodes) {}

  /**
   * A seed for the app, which does not count until a code of it was typed.
   *
   * @param secret in base32, for typing
   * @param uri for the app, {@code otpauth://…}
   * @param qrSvg the uri as an image
   */
  public record Offer(String secret, String uri, String qrSvg) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Offer";
    }
  }

  /**
   * It is on.
   *
   * @param recoveryCodes shown once
   * @param session the caller's new one; all others ended
   */
  public record TurnedOn(List<String> recoveryCodes, SignIns.Begun session) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return "TurnedOn";
    }
  }

  public State state(Caller caller) {
    Optional<Seed> seed = store.find(caller.tenant(), caller.account()).filter(Seed::confirmed);
    return new State(
        seed.map(Seed::createdAt),
        seed.isPresent() ? store.left(caller.tenant(), caller.account()) : 0);
  }

  /**
   * Begins to set it up; an earlier beginning is void.
   *
   * @throws ProblemException 409 {@code totp-on} when it is on
   */
  public Offer begin(Caller caller) {
    TenantId tenant = caller.tenant();
    Account owner = owner(caller);
    byte[] seed = TotpCodes.newSeed();
    if (!store.begin(tenant, owner.id(), seed, clock.instant())) {
      throw ProblemException.of(
          409, "totp-on", "Already on", "An authenticator app is set up already");
    }
    String secret = TotpCodes.base32(seed);
    // https://github.com/google/google-authenticator/wiki/Key-Uri-Format
    String issuer = encoded(tenants.require(tenant).title().replace(":", ""));
    String uri =
        "otpauth://totp/"
            + issuer
            + ":"
            + encoded(owner.email())
            + "?secret="
            + secret
            + "&issuer="
            + issuer
            + "&algorithm=SHA1&digits=6&period=30";
    return new Offer(secret, uri, QrSvg.of(uri));
  }

  /**
   * Turns it on with a first code; all other sessions end.
   *
   * @throws ProblemException 409 {@code totp-not-begun}, 422 for a wrong code, 429
   */
  public TurnedOn confirm(Caller caller, String code, Peer peer) {
    TenantId tenant = caller.tenant();
    limits.take(tenant, LimitedAct.LOGIN, caller.account().value(), peer.limitKey());
    return tx.call(
        tenant,
        () -> {
          Account owner = owner(caller);
          Seed seed =
              store
                  .find(tenant, owner.id())
                  .filter(found -> !found.confirmed())
                  .orElseThrow(Totp::notBegun);
          window.enter(tenant, owner.id(), seed);
          OptionalLong step =
              TotpCodes.match(
                  seed.key(), code.replaceAll("\\s", ""), clock.instant(), seed.lastStep());
          if (step.isEmpty()) {
            throw ProblemException.invalid(
                new FieldError("/code", "This is not the code that the app shows now"));
          }
          if (!store.confirm(tenant, owner.id(), step.getAsLong())) {
            throw notBegun();
          }
          List<String> codes = RecoveryCodes.next();
          store.setRecovery(
              tenant,
              owner.id(),
              codes.stream().map(one -> RecoveryCodes.hash(one).orElseThrow()).toList());
          boolean unused = accounts.setFactor(tenant, owner.id(), TotpFeature.ID, true);
          notices.turnedOn(owner, peer.tag());
          tx.afterCommit(() -> window.forget(tenant, owner.id()));
          return new TurnedOn(codes, renewed(caller));
        });
  }

  /**
   * Takes it away; all other sessions end.
   *
   * @return the caller's new session
   * @throws ProblemException 404 when it is off, 403 {@code step-up-required}: a password alone, as
   *     a thief may have it, does not take the second factor away
   */
  public SignIns.Begun turnOff(Caller caller, Peer peer) {
    if (!caller.proven()) {
      throw ProblemException.of(
          403, "step-up-required", "Confirm that it is you", "Give your password and a code");
    }
    TenantId tenant = caller.tenant();
    return tx.call(
        tenant,
        () -> {
          Account owner = owner(caller);
          if (!factor.reset(tenant, owner.id())) {
            throw ProblemException.notFound();
          }
          notices.turnedOff(owner, peer.tag());
          return renewed(caller);
        });
  }

  /** A changed factor ends what was signed in before (ASVS 5.0, 7.4.3). */
  private SignIns.Begun renewed(Caller caller) {
    boolean unused = accounts.beginEpoch(caller.tenant(), caller.account());
    return signIns.rotate(caller);
  }

  private Account owner(Caller caller) {
    return accounts.find(caller.tenant(), caller.account()).orElseThrow(ProblemException::notFound);
  }

  private static ProblemException notBegun() {
    return ProblemException.of(
        409, "totp-not-begun", "Not begun", "Set the authenticator app up first");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}

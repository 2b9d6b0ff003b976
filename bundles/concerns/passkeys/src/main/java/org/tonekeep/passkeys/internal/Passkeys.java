package org.tonekeep.passkeys.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.DisplayName;
import org.tonekeep.identity.api.SignIns;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.passkeys.internal.Challenges.Purpose;
import org.tonekeep.passkeys.internal.jpa.PasskeyStore;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.TenantId;

/** Registers passkeys, signs in with them, lists and removes them. */
@Component(service = Passkeys.class)
public final class Passkeys {
  static final int MOST = 20;
  private static final int LONGEST_NAME = 60;
  private static final String USE = "passkey.use";
  private static final String HANDLE = "passkey-user";

  private final Accounts accounts;
  private final SignIns signIns;
  private final KeyRing keys;
  private final PasskeyStore store;
  private final Challenges challenges;
  private final Ceremony ceremony;
  private final Audit audit;
  private final Mails mails;
  private final Tx tx;
  private final Clock clock;

  @Activate
  public Passkeys(
      @Reference Accounts accounts,
      @Reference SignIns signIns,
      @Reference KeyRing keys,
      @Reference PasskeyStore store,
      @Reference Challenges challenges,
      @Reference Ceremony ceremony,
      @Reference Audit audit,
      @Reference Mails mails,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.accounts = accounts;
    this.signIns = signIns;
    this.keys = keys;
    this.store = store;
    this.challenges = challenges;
    this.ceremony = ceremony;
    this.audit = audit;
    this.mails = mails;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * What a browser needs to make a passkey.
   *
   * @param handle names the account to the device without telling who it is
   * @param known credential ids that the account has already, with how to reach them
   */
  public record Offer(
      String challenge, String handle, String name, String displayName, List<Known> known) {
    /** Without the person. */
    @Override
    public String toString() {
      return "Offer";
    }
  }

  /** A credential that the account has. */
  public record Known(String id, List<String> transports) {}

  /**
   * Somebody has proven who it is.
   *
   * @param session a new one; empty when the caller had one already, which is proven now
   */
  public record SignedIn(Account account, Optional<SignIns.Begun> session) {}

  /** Begins to register a passkey. */
  public Offer offer(Caller caller) {
    TenantId tenant = caller.tenant();
    Account owner = owner(caller);
    String challenge = challenges.next(tenant, Purpose.REGISTER, owner.id().value());
    List<Known> known =
        store.list(tenant, owner.id()).stream()
            .map(passkey -> new Known(ceremony.credentialId(passkey), passkey.transports()))
            .toList();
    String shown = owner.displayName().isEmpty() ? owner.email() : owner.displayName();
    return new Offer(
        challenge, Base64Url.text(handle(tenant, owner.id())), owner.email(), shown, known);
  }

  /**
   * Registers a passkey and tells its owner by mail.
   *
   * @throws ProblemException 422 for a bad name, 409 {@code too-many-passkeys} or {@code
   *     passkey-known}
   * @throws RefusedException when the answer proves nothing
   */
  public Passkey register(
      Caller caller, RelyingParty party, String name, Answer answer, Peer peer) {
    String called = name.strip();
    if (called.isEmpty() || called.length() > LONGEST_NAME || !printable(called)) {
      throw ProblemException.invalid(
          new FieldError("/name", "1 to 60 characters, no control characters"));
    }
    TenantId tenant = caller.tenant();
    byte[] challenge = ceremony.challenge(answer);
    challenges.take(tenant, Purpose.REGISTER, caller.account().value(), challenge);
    Ceremony.Made made = ceremony.register(party, challenge, answer);
    try {
      return tx.call(tenant, () -> keep(caller, called, made, answer, peer));
    } catch (KnownCredentialException e) {
      throw ProblemException.of(
          409, "passkey-known", "Known already", "This passkey is registered already");
    }
  }

  private Passkey keep(Caller caller, String name, Ceremony.Made made, Answer answer, Peer peer) {
    TenantId tenant = caller.tenant();
    Account owner = owner(caller);
    if (store.list(tenant, owner.id()).size() >= MOST) {
      throw ProblemException.of(
          409, "too-many-passkeys", "Too many passkeys", "Remove one of your 20 passkeys first");
    }
    Passkey passkey =
        new Passkey(
            Ids.next(clock),
            owner.id(),
            name,
            made.credential(),
            answer.transports().stream()
                .filter(word -> word.matches("[a-z-]{1,18}"))
                .distinct()
                .limit(10)
                .toList(),
            made.flags(),
            made.signCount(),
            clock.instant(),
            Optional.empty());
    store.insert(tenant, made.idHash(), passkey);
    tell(owner, "passkey.create", passkey.id(), peer, PasskeysMails.ADDED);
    return passkey;
  }

  /** Begins to sign in: the same for everybody, since the device knows who it is. */
  public String challenge(TenantId tenant) {
    return challenges.next(tenant, Purpose.LOGIN, "");
  }

  /**
   * Signs in. A passkey with user verification is both factors at once. Who is signed in to the
   * same account already has proven it again.
   *
   * @throws RefusedException when the answer proves nothing, or the account is not active
   */
  public SignedIn signIn(
      TenantId tenant, Optional<Caller> caller, RelyingParty party, Answer answer, Peer peer) {
    Optional<Passkey> found = Optional.empty();
    try {
      byte[] challenge = ceremony.challenge(answer);
      challenges.take(tenant, Purpose.LOGIN, "", challenge);
      found = store.findByCredential(tenant, ceremony.idHash(answer));
      Passkey passkey = found.orElseThrow(RefusedException::new);
      byte[] given = Base64Url.bytes(answer.userHandle(), 64).orElseThrow(RefusedException::new);
      if (!MessageDigest.isEqual(given, handle(tenant, passkey.account()))) {
        throw new RefusedException();
      }
      Ceremony.Used used = ceremony.use(party, challenge, passkey, answer);
      return tx.call(tenant, () -> begin(tenant, caller, passkey, used, peer));
    } catch (RefusedException e) {
      audit.appendApart(tenant, refused(found, peer));
      throw e;
    }
  }

  private static AuditEntry refused(Optional<Passkey> passkey, Peer peer) {
    AuditEntry entry = AuditEntry.of(Actor.stranger(), USE).failed().from(peer.tag());
    return passkey.map(p -> entry.on(p.id()).ownedBy(p.account())).orElse(entry);
  }

  private SignedIn begin(
      TenantId tenant, Optional<Caller> caller, Passkey passkey, Ceremony.Used used, Peer peer) {
    Instant now = clock.instant();
    if (!store.use(tenant, passkey, used.flags(), used.signCount(), now)) {
      throw new RefusedException();
    }
    Account account = accounts.find(tenant, passkey.account()).orElseThrow(RefusedException::new);
    Optional<Caller> same = caller.filter(c -> c.account().equals(account.id()));
    Optional<SignIns.Begun> begun = Optional.empty();
    if (same.isPresent()) {
      signIns.prove(same.get());
    } else {
      begun = signIns.begin(tenant, account.id(), caller, peer.agent(), peer.tag());
      if (begun.isEmpty()) {
        throw new RefusedException();
      }
    }
    audit.append(tenant, entry(account, USE, passkey.id(), peer));
    return new SignedIn(account, begun);
  }

  /** The account's passkeys, newest first. */
  public List<Passkey> list(Caller caller) {
    return store.list(caller.tenant(), caller.account());
  }

  /**
   * Removes a passkey; all other sessions end, since it may have begun them.
   *
   * @return the caller's new session
   * @throws ProblemException 404 when the caller has none of that id
   */
  public SignIns.Begun remove(Caller caller, String id, Peer peer) {
    TenantId tenant = caller.tenant();
    return tx.call(
        tenant,
        () -> {
          if (!store.remove(tenant, caller.account(), id)) {
            throw ProblemException.notFound();
          }
          tell(owner(caller), "passkey.delete", id, peer, PasskeysMails.REMOVED);
          boolean unused = accounts.beginEpoch(tenant, caller.account());
          return signIns.rotate(caller);
        });
  }

  private void tell(Account owner, String action, String id, Peer peer, String template) {
    audit.append(owner.tenant(), entry(owner, action, id, peer));
    boolean unusedTold =
        mails.tell(
            owner.tenant(), new Letter(template, owner.email(), Optional.of(owner.id()), Map.of()));
  }

  private static AuditEntry entry(Account owner, String action, String id, Peer peer) {
    return AuditEntry.of(Actor.account(owner.id()), action)
        .on(id)
        .ownedBy(owner.id())
        .from(peer.tag());
  }

  /** Opaque and not the account's id, since devices may show or leak it. */
  private byte[] handle(TenantId tenant, AccountId account) {
    return keys.mac(tenant, HANDLE, account.value().getBytes(UTF_8));
  }

  private Account owner(Caller caller) {
    return accounts.find(caller.tenant(), caller.account()).orElseThrow(ProblemException::notFound);
  }

  private static boolean printable(String text) {
    return text.codePoints().allMatch(DisplayName::printable);
  }
}

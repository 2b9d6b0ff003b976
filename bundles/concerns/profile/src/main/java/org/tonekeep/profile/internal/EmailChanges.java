package org.tonekeep.profile.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.EmailAddress;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.identity.api.SignIns;
import org.tonekeep.jobs.api.JobId;
import org.tonekeep.jobs.api.JobRequest;
import org.tonekeep.jobs.api.Jobs;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.profile.internal.EmailLink.Kind;
import org.tonekeep.profile.internal.jpa.EmailLinkStore;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.TenantId;

/** Changes the address of an account: confirmed at the new one, undone from the old one. */
@Component(service = EmailChanges.class)
public final class EmailChanges {
  static final Duration CONFIRM_LIFE = Duration.ofHours(24);
  static final Duration UNDO_LIFE = Duration.ofDays(7);
  private static final String ADDRESS = "profile_email.address";

  private final EmailLinkStore store;
  private final Accounts accounts;
  private final SignIns signIns;
  private final OwnerKeys owners;
  private final Limits limits;
  private final Jobs jobs;
  private final Mails mails;
  private final Audit audit;
  private final Tx tx;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  @Activate
  public EmailChanges(
      @Reference EmailLinkStore store,
      @Reference Accounts accounts,
      @Reference SignIns signIns,
      @Reference OwnerKeys owners,
      @Reference Limits limits,
      @Reference Jobs jobs,
      @Reference Mails mails,
      @Reference Audit audit,
      @Reference Tx tx,
      @Reference Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.signIns = signIns;
    this.owners = owners;
    this.limits = limits;
    this.jobs = jobs;
    this.mails = mails;
    this.audit = audit;
    this.tx = tx;
    this.clock = clock;
  }

  /**
   * Notes the wish for a job: the answer, and the time that it takes, cannot depend on whether
   * somebody has the address.
   *
   * @throws ProblemException 422 {@code invalid}, 429 {@code too-many-attempts}
   */
  public void ask(Caller caller, String email, Peer peer) {
    TenantId tenant = caller.tenant();
    limits.take(tenant, LimitedAct.RESET, caller.account().value(), peer.limitKey());
    String address = checked(email);
    tx.run(
        tenant,
        () -> {
          Account account =
              accounts.find(tenant, caller.account()).orElseThrow(ProblemException::notFound);
          store.removeAll(tenant, account.id(), Kind.ASKED);
          store.removeAll(tenant, account.id(), Kind.CONFIRM);
          audit.append(tenant, entry(account.id(), "email.ask", peer));
          String id = issue(account, Kind.ASKED, address, account.epoch()).id();
          JobId unused = jobs.enqueue(tenant, new JobRequest("", EmailJob.KIND, id, Map.of()));
        });
  }

  /**
   * The job's part of {@link #ask}: sends a link to the new address, or tells the owner of the
   * account that has it. Nothing happens when the wish was replaced or the account has changed.
   */
  void see(TenantId tenant, String id) {
    store
        .byId(tenant, id)
        .filter(asked -> asked.kind() == Kind.ASKED && store.remove(tenant, id))
        .ifPresent(
            asked ->
                accounts
                    .find(tenant, asked.account())
                    .filter(account -> account.epoch() == asked.epoch())
                    .ifPresent(account -> answer(account, opened(tenant, asked))));
  }

  /** The job failed for good: the wish is forgotten. */
  void forget(TenantId tenant, String id) {
    boolean unused = store.remove(tenant, id);
  }

  private void answer(Account account, String address) {
    TenantId tenant = account.tenant();
    // Who only typed the address does not stand in the way of who proves to have it.
    Optional<Account> owner =
        accounts.findByEmail(tenant, address).filter(a -> a.state() != AccountState.PENDING);
    if (owner.isPresent()) {
      tell(owner.get());
    } else {
      String token = issue(account, Kind.CONFIRM, address, account.epoch()).token();
      mails.send(tenant, ProfileMails.confirm(account.id(), address, token));
    }
  }

  /**
   * Sets the address of the link; every session, key and token of the account is dead.
   *
   * @throws ProblemException 400 {@code bad-token}, 429 {@code too-many-attempts}
   */
  public void confirm(TenantId tenant, String token, Peer peer) {
    settle(
        tenant,
        peer,
        () -> {
          EmailLink link = redeemed(tenant, token, Kind.CONFIRM);
          Account account = active(tenant, link);
          if (account.epoch() != link.epoch()) {
            throw badToken();
          }
          move(account, opened(tenant, link));
          audit.append(tenant, entry(account.id(), "email.change", peer));
          String undo = issue(account, Kind.UNDO, account.email(), account.epoch()).token();
          // The change stands although its notice cannot be sent: the new address was proven.
          boolean unused =
              mails.tell(tenant, ProfileMails.changed(account.id(), account.email(), undo));
        });
  }

  /**
   * Restores the address of the link, whatever happened since: who took an account over has changed
   * more than the address.
   *
   * @throws ProblemException 400 {@code bad-token}, 429 {@code too-many-attempts}
   */
  public void undo(TenantId tenant, String token, Peer peer) {
    settle(
        tenant,
        peer,
        () -> {
          EmailLink link = redeemed(tenant, token, Kind.UNDO);
          Account account = active(tenant, link);
          String old = opened(tenant, link);
          move(account, old);
          dropLater(tenant, link);
          audit.append(tenant, entry(account.id(), "email.undo", peer));
          boolean unused = mails.tell(tenant, ProfileMails.restored(account.id(), old));
          boolean unusedToo =
              mails.tell(tenant, ProfileMails.restored(account.id(), account.email()));
        });
  }

  /** What a thief asked for after the change must not undo the undoing; older links stay. */
  private void dropLater(TenantId tenant, EmailLink undone) {
    store.removeAll(tenant, undone.account(), Kind.ASKED);
    store.removeAll(tenant, undone.account(), Kind.CONFIRM);
    store.list(tenant, undone.account()).stream()
        .filter(link -> !link.expiresAt().isBefore(undone.expiresAt()))
        .forEach(
            link -> {
              boolean unused = store.remove(tenant, link.id());
            });
  }

  /** Tells the owner of a wished address, once a day at most. */
  private void tell(Account owner) {
    boolean told =
        store.list(owner.tenant(), owner.id()).stream()
            .anyMatch(row -> row.kind() == Kind.TOLD && clock.instant().isBefore(row.expiresAt()));
    if (!told) {
      Issued unused = issue(owner, Kind.TOLD, owner.email(), owner.epoch());
      boolean unusedToo = mails.tell(owner.tenant(), ProfileMails.taken(owner.id(), owner.email()));
    }
  }

  /** The transaction rolls back before a taken address becomes the refusal of any bad link. */
  private void settle(TenantId tenant, Peer peer, Runnable work) {
    try {
      tx.run(tenant, work);
    } catch (EmailTakenException e) {
      ProblemException refused = badToken();
      refused.addSuppressed(e);
      throw refused;
    } catch (ProblemException bad) {
      // A good link passes whatever strangers have tried: only a bad one is counted.
      limits.take(tenant, LimitedAct.RESET, "", peer.limitKey());
      throw bad;
    }
  }

  private void move(Account account, String address) {
    if (!accounts.setEmail(account.tenant(), account.id(), address)) {
      throw badToken();
    }
    signIns.endAll(account.tenant(), account.id());
  }

  private EmailLink redeemed(TenantId tenant, String token, Kind kind) {
    return store
        .find(tenant, hash(token))
        .filter(link -> link.kind() == kind && clock.instant().isBefore(link.expiresAt()))
        .filter(link -> store.remove(tenant, link.id()))
        .orElseThrow(EmailChanges::badToken);
  }

  /** A link does not open what the staff has closed. */
  private Account active(TenantId tenant, EmailLink link) {
    return accounts
        .find(tenant, link.account())
        .filter(account -> account.state() == AccountState.ACTIVE)
        .orElseThrow(EmailChanges::badToken);
  }

  String opened(TenantId tenant, EmailLink link) {
    return owners.openText(tenant, link.account().value(), ADDRESS, link.address());
  }

  /** A stored link; the token is kept nowhere else. */
  private record Issued(String id, String token) {
    /** Without the token. */
    @Override
    public String toString() {
      return "Issued[" + id + "]";
    }
  }

  private Issued issue(Account account, Kind kind, String address, long epoch) {
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    String sealed = owners.sealText(account.tenant(), account.id().value(), ADDRESS, address);
    Duration life = kind == Kind.UNDO ? UNDO_LIFE : CONFIRM_LIFE;
    String id = UUID.randomUUID().toString();
    store.insert(
        account.tenant(),
        hash(token),
        new EmailLink(id, account.id(), kind, sealed, epoch, clock.instant().plus(life)));
    return new Issued(id, token);
  }

  private static AuditEntry entry(AccountId account, String action, Peer peer) {
    return AuditEntry.of(Actor.account(account), action)
        .on(account.value())
        .ownedBy(account)
        .from(peer.tag());
  }

  private static String checked(String email) {
    try {
      return new EmailAddress(email).value();
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(new FieldError("/email", String.valueOf(e.getMessage())));
    }
  }

  private static ProblemException badToken() {
    return ProblemException.of(
        400,
        "bad-token",
        "This link does not work",
        "The link was used already, is too old or incomplete; ask for a new one");
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}

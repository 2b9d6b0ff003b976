package org.tonekeep.auth.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.auth.internal.AuthService.SignedIn;
import org.tonekeep.auth.internal.Requests.Asked;
import org.tonekeep.auth.internal.Requests.Want;
import org.tonekeep.auth.internal.jpa.CredentialStore;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.EmailAddress;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.identity.api.InvalidProfileException;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.UsernameTakenException;
import org.tonekeep.mail.api.Mails;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Limits;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/** Opens accounts. */
@Component(service = SignUps.class)
public final class SignUps {
  private static final int LONGEST_NAME = 100;

  private final Tenants tenants;
  private final Gate gate;
  private final Accounts accounts;
  private final CredentialStore credentials;
  private final Passwords passwords;
  private final PasswordRules rules;
  private final Sessions sessions;
  private final Confirmations confirmations;
  private final MailTokens tokens;
  private final Requests requests;
  private final Mails mails;
  private final Limits limits;
  private final Audit audit;
  private final Tx tx;

  @Activate
  public SignUps(
      @Reference Tenants tenants,
      @Reference Gate gate,
      @Reference Accounts accounts,
      @Reference CredentialStore credentials,
      @Reference Passwords passwords,
      @Reference PasswordRules rules,
      @Reference Sessions sessions,
      @Reference Confirmations confirmations,
      @Reference MailTokens tokens,
      @Reference Requests requests,
      @Reference Mails mails,
      @Reference Limits limits,
      @Reference Audit audit,
      @Reference Tx tx) {
    this.tenants = tenants;
    this.gate = gate;
    this.accounts = accounts;
    this.credentials = credentials;
    this.passwords = passwords;
    this.rules = rules;
    this.sessions = sessions;
    this.confirmations = confirmations;
    this.tokens = tokens;
    this.requests = requests;
    this.mails = mails;
    this.limits = limits;
    this.audit = audit;
    this.tx = tx;
  }

  /** What somebody typed to get an account; empty where nothing was typed. */
  public record Wish(String email, String password, String username, String displayName) {
    Profile profile() {
      return new Profile(displayName, username, "", Map.of());
    }

    @Override
    public String toString() {
      return "Wish";
    }
  }

  /** The tenant's rules, in the words of its file. */
  public record Options(String signup, String usernames, String confirm, List<String> fields) {
    public Options {
      fields = List.copyOf(fields);
    }
  }

  public Options options(TenantId tenant) {
    Tenant site = tenants.require(tenant);
    return new Options(
        site.get(AuthKeys.SIGNUP),
        site.get(AccountSettings.USERNAMES),
        site.get(AuthKeys.CONFIRM),
        site.get(AccountSettings.FIELDS));
  }

  /**
   * Opens an account and a session; where addresses must be confirmed, only notes the wish and
   * answers nothing: the same is done then whether the address is known or not.
   *
   * @param previous the session of the same browser, which ends
   * @throws EmailTakenException when the tenant has an account of that address, where they need no
   *     confirmation
   * @throws ProblemException 403 {@code signup-closed}, 409 {@code username-taken}, 422 {@code
   *     invalid}, 429 {@code busy} or {@code too-many-attempts}
   */
  public Optional<SignedIn> signUp(
      TenantId tenant, Optional<Caller> previous, Wish wish, Peer peer) {
    gate.requireKept(tenant, Act.INTAKE);
    Tenant site = tenants.require(tenant);
    if (!site.get(AuthKeys.SIGNUP).equals("open")) {
      throw ProblemException.of(
          403, "signup-closed", "Sign-up is closed", "New accounts are not opened here");
    }
    limits.take(tenant, LimitedAct.SIGNUP, AuthService.typed(wish.email()), peer.limitKey());
    requireValid(tenant, wish);
    boolean confirm = site.get(AuthKeys.CONFIRM).equals("required");
    if (!confirm && accounts.findByEmail(tenant, wish.email()).isPresent()) {
      throw new EmailTakenException(); // known without hashing; the database decides races
    }
    Turn turn = Turn.stranger(peer);
    if (confirm) {
      String subject = AuthService.typed(wish.email());
      Credential credential = passwords.hashAgain(tenant, subject, wish.password(), turn);
      requests.submit(tenant, asked(wish, credential, peer));
      return Optional.empty();
    }
    Credential credential = passwords.hash(tenant, wish.password(), turn);
    return Optional.of(
        tx.call(
            tenant,
            () -> {
              Account account =
                  create(tenant, wish.email(), wish.profile(), AccountState.ACTIVE, peer.tag());
              credentials.insert(tenant, account.id(), credential);
              previous.ifPresent(old -> sessions.end(tenant, old.account(), old.session()));
              return new SignedIn(account, sessions.begin(account, peer.agent()));
            }));
  }

  private static Asked asked(Wish wish, Credential credential, Peer peer) {
    return new Asked(
        Want.ACCOUNT,
        List.of(
            wish.email(),
            wish.username(),
            wish.displayName(),
            credential.scheme(),
            credential.hash(),
            peer.tag()));
  }

  /** The job's part of {@link #signUp}. */
  void open(TenantId tenant, List<String> words) {
    String email = words.get(0);
    Optional<Account> known =
        accounts.findByEmail(tenant, email).or(() -> accounts.findByFormerEmail(tenant, email));
    Credential credential = new Credential(words.get(3), words.get(4));
    if (known.isPresent()) {
      again(known.get(), credential);
      return;
    }
    Account account =
        create(tenant, email, Profile.named(words.get(2)), AccountState.PENDING, words.get(5));
    credentials.insert(tenant, account.id(), credential);
    confirmations.send(account, words.get(1));
  }

  /**
   * Tells the owner. Of two sign-ups of an address that nobody confirmed yet, one may be a
   * stranger's who waits for the owner to follow the link: unless their passwords are the same,
   * neither's counts, and the owner chooses one with the confirmation.
   */
  private void again(Account account, Credential credential) {
    if (account.state() == AccountState.PENDING) {
      if (!credentials.lock(account.tenant(), account.id(), credential)) {
        credentials.remove(account.tenant(), account.id());
      }
      confirmations.resend(account);
      return;
    }
    tokens
        .issue(account, TokenKind.ALREADY, "")
        .ifPresent(token -> mails.send(account.tenant(), AuthMails.already(account)));
  }

  private Account create(
      TenantId tenant, String email, Profile profile, AccountState state, String tag) {
    Account account = accounts.create(tenant, email, profile, state);
    audit.append(
        tenant,
        AuditEntry.of(Actor.account(account.id()), "account.create")
            .on(account.id().value())
            .ownedBy(account.id())
            .from(tag));
    return account;
  }

  /** All that is cheap to say comes first; how easily the password is guessed, is dear. */
  private void requireValid(TenantId tenant, Wish wish) {
    List<FieldError> errors = new ArrayList<>();
    check(errors, "/email", () -> new EmailAddress(wish.email()));
    PasswordRules.misshapen(wish.password())
        .ifPresent(problem -> errors.add(new FieldError("/password", problem)));
    requireShort(errors, "/username", wish.username());
    requireShort(errors, "/displayName", wish.displayName());
    try {
      accounts.check(tenant, wish.profile());
    } catch (InvalidProfileException e) {
      e.wrong().forEach(wrong -> errors.add(new FieldError(wrong.pointer(), wrong.detail())));
    } catch (UsernameTakenException e) {
      throw ProblemException.of(
          409, "username-taken", "Username taken", String.valueOf(e.getMessage()));
    }
    if (errors.isEmpty()) {
      rules
          .problem(tenant, wish.password(), wish.email(), wish.profile())
          .ifPresent(problem -> errors.add(new FieldError("/password", problem)));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors.toArray(FieldError[]::new));
    }
  }

  private static void requireShort(List<FieldError> errors, String pointer, String name) {
    if (name.length() > LONGEST_NAME) {
      errors.add(new FieldError(pointer, "A name has at most " + LONGEST_NAME + " characters"));
      throw ProblemException.invalid(errors.toArray(FieldError[]::new));
    }
  }

  private static void check(List<FieldError> errors, String pointer, Supplier<?> value) {
    try {
      Object unused = value.get();
    } catch (IllegalArgumentException e) {
      errors.add(new FieldError(pointer, String.valueOf(e.getMessage())));
    }
  }
}

package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.auth.internal.TestAuth.PEER;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.auth.internal.SignUps.Wish;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.privacy.api.DataClass;
import org.tonekeep.privacy.api.DataHolder;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestMails.Queued;

/** Signing up where addresses are confirmed, on each engine, always with two tenants. */
@RunWith(Parameterized.class)
public final class SignUpTest {
  private static final String EMAIL = "ann@example.org";
  private static final String PASSWORD = "correct horse battery";

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestAuth bundle;

  public SignUpTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    bundle = new TestAuth(engine);
    bundle.sites.set(ALICE, AuthKeys.CONFIRM, "required");
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldOpenThePendingAccountByTheLinkOfTheMailOnce() {
    assertThat(signUp(EMAIL, "ann")).isEmpty();
    assertThat(bundle.accounts.findByEmail(ALICE, EMAIL)).isEmpty(); // not before the answer
    bundle.jobs.work(bundle.job);
    assertThat(account().state()).isEqualTo(AccountState.PENDING);
    assertThat(problem(() -> logIn("wrong password")).code()).isEqualTo("bad-credentials");
    assertThat(problem(() -> logIn(PASSWORD)).code()).isEqualTo("bad-credentials");

    String token = token("auth.confirm");
    assertThat(problem(() -> confirm(BOB, token)).code()).isEqualTo("bad-token");
    confirm(ALICE, token);

    assertThat(logIn(PASSWORD).account().profile().username()).isEqualTo("ann");
    ProblemException again = problem(() -> confirm(ALICE, token));
    ProblemException invented = problem(() -> confirm(ALICE, "invented"));
    assertThat(again).usingRecursiveComparison().ignoringFields("stackTrace").isEqualTo(invented);
    assertThat(bundle.audit.actions(ALICE)).contains("account.create", "account.confirm");
  }

  @Test
  public void shouldAnswerAlikeAndTellTheOwnerWhereTheAddressIsKnown() {
    Account known = bundle.accounts.create(ALICE, EMAIL, "Ann");

    assertThat(signUp(EMAIL, "")).isEqualTo(signUp("new@example.org", ""));
    assertThat(bundle.jobs.waiting)
        .extracting(queued -> queued.request().kind())
        .containsExactly("auth.request", "auth.request");
    bundle.jobs.work(bundle.job);

    assertThat(templates(EMAIL)).containsExactly("auth.already");
    assertThat(templates("new@example.org")).containsExactly("auth.confirm");
    assertThat(bundle.accounts.findByEmail(ALICE, EMAIL)).contains(known);
    assertThat(bundle.credentials.find(ALICE, known.id())).isEmpty();

    again(Duration.ofMinutes(59));
    assertThat(templates(EMAIL)).hasSize(1);
    again(Duration.ofMinutes(1));
    assertThat(templates(EMAIL)).hasSize(2);
  }

  @Test
  public void shouldSendNoLinkToAnAddressThatIsKeptForWhoGaveItUp() {
    Account moved = bundle.accounts.create(ALICE, EMAIL, "Ann");
    assertThat(bundle.accounts.setEmail(ALICE, moved.id(), "anna@example.org")).isTrue();
    assertThat(signUp(EMAIL, "")).isEmpty();
    bundle.jobs.work(bundle.job);
    assertThat(templates(EMAIL)).isEmpty();
    assertThat(templates("anna@example.org")).containsExactly("auth.already");
  }

  @Test
  public void shouldOpenNoAccountWhoseAddressAnotherHasProven() {
    Optional<?> unused = signUp(EMAIL, "");
    bundle.jobs.work(bundle.job);
    Account owner = bundle.accounts.create(ALICE, "anna@example.org", "");
    assertThat(bundle.accounts.setEmail(ALICE, owner.id(), EMAIL)).isTrue();
    assertThat(problem(() -> confirm(ALICE, token("auth.confirm"))).code()).isEqualTo("bad-token");
    assertThat(account().id()).isEqualTo(owner.id());
  }

  @Test
  public void shouldReserveNoUsernameBeforeTheConfirmation() {
    Optional<?> unused = signUp(EMAIL, "ann");
    bundle.jobs.work(bundle.job);
    assertThat(bundle.accounts.findByUsername(ALICE, "ann")).isEmpty();
    Account faster = bundle.accounts.create(ALICE, "anna@example.org", "");
    bundle.accounts.setProfile(
        ALICE,
        faster.id(),
        new org.tonekeep.identity.api.Profile("", "ann", "", java.util.Map.of()));
    assertThat(problem(() -> signUp("x@example.org", "ann")).code()).isEqualTo("username-taken");

    confirm(ALICE, token("auth.confirm"));

    assertThat(account().profile().username()).isEmpty();
    assertThat(account().state()).isEqualTo(AccountState.ACTIVE);
  }

  @Test
  public void shouldSendAFreshLinkSoonAfterALoginButNotAfterEach() {
    Optional<?> unused = signUp(EMAIL, "ann");
    bundle.jobs.work(bundle.job);
    String first = token("auth.confirm");
    logInPending();
    assertThat(templates(EMAIL)).hasSize(1);
    bundle.clock.advance(Duration.ofMinutes(5));
    assertThat(problem(() -> logIn("wrong password")).status()).isEqualTo(401);
    bundle.confirmations.write();
    assertThat(templates(EMAIL)).hasSize(1);
    logInPending();
    assertThat(templates(EMAIL)).hasSize(2);

    bundle.clock.advance(Duration.ofHours(24).minus(Duration.ofMinutes(5)));
    assertThat(problem(() -> confirm(ALICE, first)).code()).isEqualTo("bad-token");
    confirm(ALICE, token("auth.confirm"));

    assertThat(account().profile().username()).isEqualTo("ann");
  }

  private void logInPending() {
    int before = templates(EMAIL).size();
    assertThat(problem(() -> logIn(PASSWORD)).status()).isEqualTo(401);
    assertThat(templates(EMAIL)).hasSize(before); // not before the answer
    bundle.confirmations.write();
  }

  @Test
  public void shouldRemoveWhatNobodyConfirmedForAWeekWithItsKey() {
    bundle.sites.set(BOB, AuthKeys.CONFIRM, "required");
    for (TenantId tenant : List.of(ALICE, BOB)) {
      Optional<?> unused =
          bundle.signUps.signUp(
              tenant, Optional.empty(), new Wish(EMAIL, PASSWORD, "", "Ann"), PEER);
    }
    bundle.jobs.work(bundle.job);
    Account gone = account();
    confirm(BOB, token("auth.confirm"));
    bundle.clock.advance(Unconfirmed.LONGEST.minusSeconds(1));
    bundle.unconfirmed.sweep();
    assertThat(account()).isEqualTo(gone);

    bundle.clock.advance(Duration.ofSeconds(1));
    bundle.unconfirmed.sweep();

    assertThat(bundle.accounts.find(ALICE, gone.id())).isEmpty();
    assertThat(bundle.credentials.find(ALICE, gone.id())).isEmpty();
    assertThat(bundle.keys.exists(ALICE, gone.id().value())).isFalse();
    assertThat(bundle.accounts.findByEmail(BOB, EMAIL)).isPresent();
    assertThat(bundle.audit.actions(ALICE)).endsWith("account.expire");
  }

  @Test
  public void shouldKeepTheKeyOfAnAccountThatNoHolderRemovesAndGoOnWithTheOthers() {
    Optional<?> unused = signUp(EMAIL, "");
    unused = signUp("bea@example.org", "");
    bundle.jobs.work(bundle.job);
    Account stuck = account();
    Account other = bundle.accounts.findByEmail(ALICE, "bea@example.org").orElseThrow();
    DataHolder selective =
        new ForwardingHolder(bundle.accountHolder, account -> !account.equals(stuck.id()));
    bundle.unconfirmed.remove(bundle.accountHolder);
    bundle.unconfirmed.add(selective);
    bundle.clock.advance(Unconfirmed.LONGEST);

    bundle.unconfirmed.sweep();

    assertThat(bundle.accounts.find(ALICE, stuck.id())).contains(stuck);
    assertThat(bundle.credentials.find(ALICE, stuck.id())).isPresent();
    assertThat(bundle.keys.exists(ALICE, stuck.id().value())).isTrue();
    assertThat(bundle.accounts.find(ALICE, other.id())).isEmpty();
    assertThat(bundle.keys.exists(ALICE, other.id().value())).isFalse();

    bundle.unconfirmed.remove(selective);
    bundle.unconfirmed.add(bundle.accountHolder);
    bundle.unconfirmed.sweep();
    assertThat(bundle.keys.exists(ALICE, stuck.id().value())).isFalse();
  }

  @Test
  public void shouldAskForTheUsernameAsTheTenantSays() {
    bundle.sites.set(ALICE, AccountSettings.USERNAMES, "required");
    assertThat(problem(() -> signUp(EMAIL, "")).errors().get(0).pointer()).isEqualTo("/username");
    bundle.sites.set(ALICE, AccountSettings.USERNAMES, "off");
    assertThat(problem(() -> signUp(EMAIL, "ann")).errors().get(0).pointer())
        .isEqualTo("/username");
  }

  @Test
  public void shouldOpenAnAccountWhereUsernamesAreRequiredThroughJobAndLink() {
    bundle.sites.set(ALICE, AccountSettings.USERNAMES, "required");
    assertThat(signUp(EMAIL, "ann")).isEmpty();
    bundle.jobs.work(bundle.job);
    assertThat(account().state()).isEqualTo(AccountState.PENDING);

    confirm(ALICE, token("auth.confirm"));

    assertThat(logIn(PASSWORD).account().profile().username()).isEqualTo("ann");
  }

  @Test
  public void shouldRefuseBeforeTheAnswerWhatCanNeverBecomeAnAccount() {
    assertThat(pointer(() -> signUp(EMAIL, "support"))).isEqualTo("/username");
    assertThat(pointer(() -> signUp(EMAIL, "a__b"))).isEqualTo("/username");
    assertThat(pointer(() -> signUp(EMAIL, "a".repeat(101)))).isEqualTo("/username");
    assertThat(pointer(() -> signUp("a,b@example.org", ""))).isEqualTo("/email");
    assertThat(pointer(() -> signUp("a(b@example.org", ""))).isEqualTo("/email");
    giveUp("ann", "anna");
    assertThat(problem(() -> signUp(EMAIL, "ann")).code()).isEqualTo("username-taken");
    bundle.sites.set(ALICE, AccountSettings.FIELDS, "");
    assertThat(pointer(() -> signUp(EMAIL, ""))).isEqualTo("/displayName");
    assertThat(bundle.signUps.options(ALICE).fields()).isEmpty();
    assertThat(bundle.jobs.waiting).isEmpty();

    Wish nameless = new Wish(EMAIL, PASSWORD, "", "");
    assertThat(bundle.signUps.signUp(ALICE, Optional.empty(), nameless, PEER)).isEmpty();
    bundle.jobs.work(bundle.job);
    confirm(ALICE, token("auth.confirm"));
    assertThat(account().state()).isEqualTo(AccountState.ACTIVE);
  }

  @Test
  public void shouldConfirmWithoutTheNameThatWasReservedOrGivenUpMeanwhile() {
    for (String name : List.of("ann", "bea")) {
      Optional<?> unused = signUp(name + "@example.org", name);
    }
    bundle.jobs.work(bundle.job);
    giveUp("ann", "anna");
    bundle.sites.set(ALICE, AccountSettings.RESERVED, "bea");

    for (Queued queued : List.copyOf(bundle.mails.queued())) {
      String link = String.valueOf(queued.letter().values().get("link"));
      confirm(ALICE, link.substring(link.indexOf("#token=") + 7));
    }

    for (String name : List.of("ann", "bea")) {
      Account open = bundle.accounts.findByEmail(ALICE, name + "@example.org").orElseThrow();
      assertThat(open.state()).isEqualTo(AccountState.ACTIVE);
      assertThat(open.profile().username()).isEmpty();
    }
  }

  @Test
  public void shouldCountATryBeforeItIsLookedAt() {
    bundle.limits.exhaust(LimitedAct.SIGNUP);
    assertThat(problem(() -> signUp("no address", "support")).status()).isEqualTo(429);
  }

  @Test
  public void shouldKeepTheRequestSealedAndForgetItInTheEnd() {
    Optional<?> unused = signUp(EMAIL, "ann");
    String id = bundle.jobs.waiting.getFirst().request().subject();
    assertThat(bundle.jobs.waiting.getFirst().request().payload()).isEmpty();
    assertThat(bundle.requestStore.find(ALICE, id).orElseThrow()).doesNotContain(EMAIL);
    assertThat(bundle.requestStore.find(BOB, id)).isEmpty();

    bundle.jobs.work(bundle.job);

    assertThat(bundle.requestStore.find(ALICE, id)).isEmpty();
    unused = signUp("lost@example.org", "");
    String lost = bundle.jobs.waiting.getFirst().request().subject();
    bundle.clock.advance(Duration.ofDays(1));
    bundle.requests.purge();
    assertThat(bundle.requestStore.find(ALICE, lost)).isEmpty();
    bundle.jobs.work(bundle.job);
    assertThat(bundle.accounts.findByEmail(ALICE, "lost@example.org")).isEmpty();
  }

  private static String pointer(ThrowingCallable call) {
    return problem(call).errors().get(0).pointer();
  }

  private void giveUp(String name, String next) {
    Account former = bundle.accounts.create(ALICE, "former@example.org", "");
    for (String username : List.of(name, next)) {
      boolean unused =
          bundle.accounts.setProfile(ALICE, former.id(), new Profile("", username, "", Map.of()));
    }
  }

  /** Erases only of some accounts. */
  private record ForwardingHolder(DataHolder holder, Predicate<AccountId> erased)
      implements DataHolder {
    @Override
    public List<DataClass> holds() {
      return holder.holds();
    }

    @Override
    public Map<String, List<Map<String, Object>>> export(TenantId tenant, AccountId account) {
      return holder.export(tenant, account);
    }

    @Override
    public void erase(TenantId tenant, AccountId account) {
      if (erased.test(account)) {
        holder.erase(tenant, account);
      }
    }
  }

  private void again(Duration later) {
    bundle.clock.advance(later);
    assertThat(signUp(EMAIL, "")).isEmpty();
    bundle.jobs.work(bundle.job);
  }

  private Optional<AuthService.SignedIn> signUp(String email, String username) {
    return bundle.signUps.signUp(
        ALICE, Optional.empty(), new Wish(email, PASSWORD, username, "Ann"), PEER);
  }

  private AuthService.SignedIn logIn(String password) {
    return bundle.logIn(ALICE, EMAIL, password);
  }

  private void confirm(TenantId tenant, String token) {
    bundle.confirmations.confirm(tenant, token, "", PEER);
  }

  private Account account() {
    return bundle.accounts.findByEmail(ALICE, EMAIL).orElseThrow();
  }

  private String token(String template) {
    String link = String.valueOf(bundle.mails.last(template).values().get("link"));
    return link.substring(link.indexOf("#token=") + 7);
  }

  private List<String> templates(String to) {
    return bundle.mails.queued().stream()
        .map(Queued::letter)
        .filter(letter -> letter.to().equals(to))
        .map(Letter::template)
        .toList();
  }

  private static ProblemException problem(ThrowingCallable call) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
    assertThat(thrown).isNotNull();
    return thrown;
  }
}

package org.tonekeep.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.identity.api.Profile;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.SignIns;
import org.tonekeep.identity.api.Social;
import org.tonekeep.identity.internal.AccountService;
import org.tonekeep.identity.internal.Usernames;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.profile.internal.ProfileChanges.Wish;
import org.tonekeep.profile.internal.jpa.EmailLinkStore;
import org.tonekeep.profile.internal.jpa.PreferencesStore;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestJobs;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestLimits;
import org.tonekeep.testing.kit.TestMails;
import org.tonekeep.testing.kit.TestTenants;

/** Changes of the profile and of the address, on each engine, with two tenants. */
@RunWith(Parameterized.class)
public final class EmailChangesTest {
  private static final String OLD = "ann@example.org";
  private static final String NEW = "ann@new.example";
  private static final Peer PEER = Peer.unknown();

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private final TestClock clock = TestClock.standing();
  private final TestAudit audit = new TestAudit();
  private final TestMails mails = new TestMails();
  private final TestLimits limits = new TestLimits();
  private final List<AccountId> ended = new ArrayList<>();
  private TestDatabase db;
  private Accounts accounts;
  private EmailLinkStore store;
  private TestJobs jobs;
  private EmailChanges changes;
  private PreferenceKeeper preferences;
  private ProfileChanges profiles;
  private Account ann;
  private Account twin;

  public EmailChangesTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    TestKeys keys = new TestKeys(clock);
    TestTenants tenants = new TestTenants();
    db = TestDatabase.open(engine, "identity", "profile");
    accounts =
        new AccountService(
            new AccountStore(db.unit("identity"), keys, clock),
            keys,
            keys,
            new Usernames(tenants, keys),
            clock);
    jobs = new TestJobs(db.tx(), clock);
    store = new EmailLinkStore(db.unit("profile"));
    changes =
        new EmailChanges(
            store, accounts, new Ending(), keys, limits, jobs, mails, audit, db.tx(), clock);
    preferences = new PreferenceKeeper(tenants, new PreferencesStore(db.unit("profile")), keys);
    profiles = new ProfileChanges(accounts, preferences, audit, db.tx());
    ann = accounts.create(ALICE, OLD, "Ann");
    twin = accounts.create(BOB, OLD, "Ann");
  }

  @After
  public void close() {
    db.close();
  }

  @Test
  public void shouldMoveToTheNewAddressOnceAndTellTheOldOne() {
    String token = asked(NEW);
    assertThat(mails.last("profile.email-confirm").to()).isEqualTo(NEW);
    assertThat(email(ALICE, ann)).isEqualTo(OLD);
    assertThat(code(() -> changes.confirm(BOB, token, PEER))).isEqualTo("bad-token");

    changes.confirm(ALICE, token, PEER);

    assertThat(email(ALICE, ann)).isEqualTo(NEW);
    assertThat(email(BOB, twin)).isEqualTo(OLD);
    assertThat(ended).containsExactly(ann.id());
    assertThat(mails.last("profile.email-changed").to()).isEqualTo(OLD);
    assertThat(audit.actions(ALICE)).contains("email.change");
    assertThat(code(() -> changes.confirm(ALICE, token, PEER))).isEqualTo("bad-token");
  }

  @Test
  public void shouldDieWithTimeWithANewRequestAndWithTheEpoch() {
    String late = asked(NEW);
    clock.advance(EmailChanges.CONFIRM_LIFE);
    assertThat(code(() -> changes.confirm(ALICE, late, PEER))).isEqualTo("bad-token");
    store.purge(BOB, clock.instant());
    assertThat(store.list(ALICE, ann.id())).hasSize(1);
    store.purge(ALICE, clock.instant());
    assertThat(store.list(ALICE, ann.id())).isEmpty();

    String replaced = asked(NEW);
    String dead = asked(NEW);
    assertThat(code(() -> changes.confirm(ALICE, replaced, PEER))).isEqualTo("bad-token");
    assertThat(accounts.beginEpoch(ALICE, ann.id())).isTrue();
    assertThat(code(() -> changes.confirm(ALICE, dead, PEER))).isEqualTo("bad-token");
    assertThat(email(ALICE, ann)).isEqualTo(OLD);
  }

  @Test
  public void shouldRestoreTheOldAddressAlthoughAThiefWentOn() {
    changes.confirm(ALICE, asked("thief@example.org"), PEER);
    String owners = token("profile.email-changed");
    clock.advance(Duration.ofMinutes(1));
    changes.confirm(ALICE, asked("thief@other.example"), PEER);
    String thiefs = token("profile.email-changed");
    assertThat(accounts.beginEpoch(ALICE, ann.id())).isTrue();

    changes.undo(ALICE, owners, PEER);

    assertThat(email(ALICE, ann)).isEqualTo(OLD);
    assertThat(ended).hasSize(3);
    assertThat(audit.actions(ALICE)).contains("email.undo");
    assertThat(mails.queued().stream().map(q -> q.letter()).toList())
        .filteredOn(letter -> letter.template().equals("profile.email-restored"))
        .extracting(letter -> letter.to())
        .containsExactly(OLD, "thief@other.example");
    assertThat(code(() -> changes.undo(ALICE, thiefs, PEER))).isEqualTo("bad-token");
    assertThat(code(() -> changes.undo(ALICE, owners, PEER))).isEqualTo("bad-token");
  }

  @Test
  public void shouldNotUndoAfterSevenDays() {
    changes.confirm(ALICE, asked(NEW), PEER);
    String undo = token("profile.email-changed");
    clock.advance(EmailChanges.UNDO_LIFE);
    assertThat(code(() -> changes.undo(ALICE, undo, PEER))).isEqualTo("bad-token");
  }

  @Test
  public void shouldKeepTheOldAddressFromSignUpsWhileTheChangeCanBeUndone() {
    changes.confirm(ALICE, asked("thief@example.org"), PEER);
    String undo = token("profile.email-changed");

    assertThatThrownBy(() -> accounts.create(ALICE, OLD, "Thief"))
        .isInstanceOf(EmailTakenException.class);
    assertThat(accounts.findByFormerEmail(ALICE, OLD).orElseThrow().id()).isEqualTo(ann.id());
    assertThat(accounts.findByFormerEmail(BOB, OLD)).isEmpty();
    changes.undo(ALICE, undo, PEER);
    assertThat(email(ALICE, ann)).isEqualTo(OLD);

    clock.advance(EmailChanges.UNDO_LIFE);
    assertThat(accounts.create(ALICE, "thief@example.org", "New").email())
        .isEqualTo("thief@example.org");
  }

  @Test
  public void shouldTakeAnAddressFromWhoNeverConfirmedIt() {
    Account stranger = accounts.create(ALICE, NEW, Profile.named("Stranger"), AccountState.PENDING);

    changes.confirm(ALICE, asked(NEW), PEER);

    assertThat(email(ALICE, ann)).isEqualTo(NEW);
    assertThat(accounts.findByEmail(ALICE, NEW).orElseThrow().id()).isEqualTo(ann.id());
    assertThat(accounts.find(ALICE, stranger.id()).orElseThrow().epoch())
        .isGreaterThan(stranger.epoch());
  }

  @Test
  public void shouldTellNobodyThatAnAddressIsTaken() {
    Account other = accounts.create(ALICE, NEW, "Other");
    ask(ann, NEW);
    ask(ann, NEW);
    assertThat(mails.queued()).hasSize(1);
    assertThat(mails.last("profile.email-taken").to()).isEqualTo(NEW);
    clock.advance(Duration.ofDays(1));
    ask(ann, NEW);
    assertThat(mails.queued()).hasSize(2);
    assertThat(email(ALICE, other)).isEqualTo(NEW);

    String token = asked("third@example.org");
    Account faster = accounts.create(ALICE, "third@example.org", "Faster");
    assertThat(code(() -> changes.confirm(ALICE, token, PEER))).isEqualTo("bad-token");
    assertThat(email(ALICE, faster)).isEqualTo("third@example.org");

    assertThat(code(() -> changes.ask(caller(ann), "no address", PEER))).isEqualTo("invalid");
    limits.exhaust(LimitedAct.RESET);
    assertThat(code(() -> changes.ask(caller(ann), NEW, PEER))).isEqualTo("too-many-attempts");
  }

  @Test
  public void shouldLetAGoodLinkPassWhenStrangersHaveEmptiedTheLimit() {
    String token = asked(NEW);
    limits.exhaust(LimitedAct.RESET);
    assertThat(code(() -> changes.confirm(ALICE, "invented", PEER))).isEqualTo("too-many-attempts");
    assertThat(code(() -> changes.undo(ALICE, "invented", PEER))).isEqualTo("too-many-attempts");
    changes.confirm(ALICE, token, PEER);
    assertThat(email(ALICE, ann)).isEqualTo(NEW);
  }

  @Test
  public void shouldLeaveTheSameBehindForATakenAddressAsForAFreeOne() {
    Account other = accounts.create(ALICE, NEW, "Other");
    changes.ask(caller(ann), NEW, PEER);
    changes.ask(caller(other), "free@example.org", PEER);

    assertThat(mails.queued()).isEmpty();
    for (Account account : List.of(ann, other)) {
      assertThat(store.list(ALICE, account.id()))
          .singleElement()
          .satisfies(link -> assertThat(link.kind()).isEqualTo(EmailLink.Kind.ASKED));
    }
    assertThat(jobs.waiting)
        .hasSize(2)
        .allSatisfy(
            job -> {
              assertThat(job.request().payload()).isEmpty();
              assertThat(job.request().toString()).doesNotContain("@");
            });
  }

  @Test
  public void shouldForgetAWishThatWasReplacedOrThatNoJobCouldSeeTo() {
    changes.ask(caller(ann), "first@example.org", PEER);
    String wish = jobs.waiting.getFirst().request().subject();
    changes.ask(caller(ann), NEW, PEER);
    changes.see(ALICE, wish);
    assertThat(mails.queued()).isEmpty();

    changes.forget(ALICE, jobs.waiting.getLast().request().subject());
    jobs.work(new EmailJob(changes));
    assertThat(mails.queued()).isEmpty();
    assertThat(store.list(ALICE, ann.id())).isEmpty();

    changes.ask(caller(ann), NEW, PEER);
    assertThat(accounts.beginEpoch(ALICE, ann.id())).isTrue();
    jobs.work(new EmailJob(changes));
    assertThat(mails.queued()).isEmpty();
  }

  @Test
  public void shouldChangeTheAddressAlsoWhereTheNoticeCannotBeSent() {
    String token = asked(NEW);
    mails.refuse(true);
    changes.confirm(ALICE, token, PEER);
    assertThat(email(ALICE, ann)).isEqualTo(NEW);
  }

  @Test
  public void shouldExportAndEraseWhatIsHeldOfOnePerson() {
    EmailHolder holder = new EmailHolder(store, changes, db.tx());
    String unused = asked(NEW);
    ask(twin, NEW);
    assertThat(holder.export(ALICE, ann.id()).get("email-change"))
        .singleElement()
        .satisfies(held -> assertThat(held).containsEntry("address", NEW));

    holder.erase(ALICE, ann.id());

    assertThat(store.list(ALICE, ann.id())).isEmpty();
    assertThat(store.list(BOB, twin.id())).hasSize(1);
  }

  @Test
  public void shouldChangeOnlyThePartsThatAreWished() {
    Wish first =
        new Wish(
            Optional.of("ann.one"),
            Optional.empty(),
            Optional.of("DJ Ann"),
            Map.of(Social.INSTAGRAM, "annone", Social.SOUNDCLOUD, "annone"));
    assertThat(profiles.change(caller(ann), first, PEER).displayName()).isEqualTo("Ann");
    Wish second =
        new Wish(Optional.empty(), Optional.of(""), Optional.empty(), Map.of(Social.INSTAGRAM, ""));
    Account now = profiles.change(caller(ann), second, PEER);
    assertThat(now.profile().username()).isEqualTo("ann.one");
    assertThat(now.displayName()).isEmpty();
    assertThat(now.profile().artistName()).isEqualTo("DJ Ann");
    assertThat(now.profile().socials()).containsOnlyKeys(Social.SOUNDCLOUD);
    assertThat(audit.actions(ALICE)).containsExactly("profile.change", "profile.change");
  }

  @Test
  public void shouldPointToEachPartThatIsWrong() {
    Wish wrong =
        new Wish(
            Optional.of("a"),
            Optional.empty(),
            Optional.empty(),
            Map.of(Social.X, "https://elsewhere.example/ann"));
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> profiles.change(caller(ann), wrong, PEER));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.errors())
        .extracting(FieldError::pointer)
        .containsExactlyInAnyOrder("/username", "/socials/x");
    Wish name = new Wish(Optional.of("ann.one"), Optional.empty(), Optional.empty(), Map.of());
    Account other = accounts.create(ALICE, "other@example.org", "Other");
    assertThat(profiles.change(caller(ann), name, PEER).profile().username()).isEqualTo("ann.one");
    assertThat(code(() -> profiles.change(caller(other), name, PEER))).isEqualTo("username-taken");
    assertThat(profiles.change(caller(twin), name, PEER).profile().username()).isEqualTo("ann.one");
  }

  private String asked(String email) {
    ask(ann, email);
    return token("profile.email-confirm");
  }

  private void ask(Account account, String email) {
    changes.ask(caller(account), email, PEER);
    jobs.work(new EmailJob(changes));
  }

  private String token(String template) {
    String link = String.valueOf(mails.last(template).values().get("link"));
    return link.substring(link.indexOf("#token=") + 7);
  }

  private String email(TenantId tenant, Account account) {
    return accounts.find(tenant, account.id()).orElseThrow().email();
  }

  private static Caller caller(Account account) {
    return new Caller(account.tenant(), account.id(), Set.of(Role.ARTIST), "session");
  }

  private static String code(ThrowingCallable call) {
    ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
    assertThat(thrown).isNotNull();
    return thrown.code();
  }

  /** Remembers whose sessions ended. */
  private final class Ending implements SignIns {
    @Override
    public Optional<Begun> begin(
        TenantId tenant, AccountId account, Optional<Caller> previous, String device, String tag) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void prove(Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Begun rotate(Caller caller) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean passwordIs(Caller caller, String password, String peer) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void endAll(TenantId tenant, AccountId account) {
      ended.add(account);
    }
  }
}

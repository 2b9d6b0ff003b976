package org.tonekeep.breakglass.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
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
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.breakglass.internal.Grant.State;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.Role;
import org.tonekeep.mail.api.Letter;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Grants over a real database of each engine, with two tenants. */
@RunWith(Parameterized.class)
public final class BreakglassTest {
  private static final Optional<AccountId> OPERATOR = Optional.empty();

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestBreakglass bundle;
  private AccountId ann;
  private Caller sue;
  private Caller tom;
  private TrackId track;

  public BreakglassTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    bundle = new TestBreakglass(engine);
    ann = bundle.musician(ALICE, "ann");
    sue = bundle.staff(ALICE, "sue");
    tom = bundle.staff(ALICE, "tom");
    track = bundle.shelf.add(ALICE, ann);
  }

  @After
  public void close() {
    bundle.close();
  }

  private Grant asked() {
    return bundle.breakglass.ask(
        ALICE, Optional.of(sue.account()), sue.account(), bundle.wish(track, ann), "tag-1");
  }

  private Grant granted() {
    return bundle.breakglass.approve(ALICE, asked().id(), Optional.of(tom.account()), "tag-2");
  }

  private Holder holder(Grant grant) {
    return GrantHolders.of(grant, bundle.accounts.find(ALICE, sue.account()).orElseThrow());
  }

  private static void refuses(int status, String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.code()).isEqualTo(code);
              assertThat(problem.status()).isEqualTo(status);
            });
  }

  @Test
  public void shouldLetInOnlyOnceASecondPersonApproves() {
    Grant asked = asked();
    assertThat(bundle.breakglass.state(asked)).isEqualTo(State.ASKED);
    assertThat(bundle.holders.isLive(ALICE, holder(asked))).isFalse();
    refuses(
        403,
        "grant-not-good",
        () -> bundle.urls.sign(TestBreakglass.who(sue), asked.id(), Optional.empty()));
    assertThat(bundle.mails.queued()).isEmpty();

    Grant approved =
        bundle.breakglass.approve(ALICE, asked.id(), Optional.of(tom.account()), "tag-2");

    assertThat(bundle.breakglass.state(approved)).isEqualTo(State.ACTIVE);
    assertThat(bundle.store.find(ALICE, asked.id())).contains(approved);
    assertThat(approved.approval().orElseThrow().approver()).contains(tom.account());
    assertThat(approved.approval().orElseThrow().endsAt())
        .isEqualTo(bundle.clock.instant().plus(Duration.ofMinutes(30)));
    assertThat(bundle.holders.isLive(ALICE, holder(approved))).isTrue();
    assertThat(bundle.holders.isLive(BOB, holder(approved))).isFalse();
    refuses(
        409, "grant-not-open", () -> bundle.breakglass.approve(ALICE, asked.id(), OPERATOR, ""));
  }

  @Test
  public void shouldNotLetTheAskerOrTheListenerApprove() {
    Grant asked = asked();
    refuses(
        403,
        "second-person-required",
        () -> bundle.breakglass.approve(ALICE, asked.id(), Optional.of(sue.account()), ""));
    Grant operators =
        bundle.breakglass.ask(ALICE, OPERATOR, sue.account(), bundle.wish(track, ann), "");
    for (Optional<AccountId> same : List.of(OPERATOR, Optional.of(sue.account()))) {
      refuses(
          403,
          "second-person-required",
          () -> bundle.breakglass.approve(ALICE, operators.id(), same, ""));
    }
    Grant forTom =
        bundle.breakglass.ask(
            ALICE, Optional.of(sue.account()), tom.account(), bundle.wish(track, ann), "");
    refuses(
        403,
        "second-person-required",
        () -> bundle.breakglass.approve(ALICE, forTom.id(), Optional.of(tom.account()), ""));
    assertThat(bundle.breakglass.state(bundle.breakglass.approve(ALICE, forTom.id(), OPERATOR, "")))
        .isEqualTo(State.ACTIVE);
    refuses(404, "not-found", () -> bundle.breakglass.approve(BOB, asked.id(), OPERATOR, ""));
  }

  @Test
  public void shouldLetInAtOnceWhereOnePersonIsEnough() {
    bundle.tenants.set(ALICE, BreakglassFeature.APPROVALS, "1");
    Grant grant = asked();
    assertThat(bundle.breakglass.state(grant)).isEqualTo(State.ACTIVE);
    assertThat(bundle.holders.isLive(ALICE, holder(grant))).isTrue();
    assertThat(bundle.audit.actions(ALICE)).containsExactly("breakglass.ask", "breakglass.grant");
    assertThat(bundle.mails.queued()).hasSize(1);
  }

  @Test
  public void shouldWriteItDownForTheOwnerAndTellByMail() {
    Grant grant = granted();
    List<AuditEntry> entries =
        bundle.audit.kept().stream()
            .filter(kept -> kept.tenant().equals(ALICE))
            .map(kept -> kept.entry())
            .toList();
    assertThat(entries)
        .extracting(AuditEntry::action)
        .containsExactly("breakglass.ask", "breakglass.grant");
    assertThat(entries).allSatisfy(entry -> assertThat(entry.owner()).contains(ann));
    assertThat(entries).allSatisfy(entry -> assertThat(entry.subject()).isEqualTo(grant.id()));
    assertThat(entries.get(0).actor()).isEqualTo(Actor.account(sue.account()));
    assertThat(entries.get(1).actor()).isEqualTo(Actor.account(tom.account()));
    assertThat(entries.get(1).facts())
        .containsEntry("ticket", "T-17")
        .containsEntry("track", track.value())
        .containsEntry("staff", sue.account().value())
        .containsKey("until");
    Letter letter = bundle.mails.last("breakglass.granted");
    assertThat(letter.to()).isEqualTo("ann@example.org");
    assertThat(letter.owner()).contains(ann);
    assertThat(letter.values())
        .containsEntry("reason", TestBreakglass.REASON)
        .containsEntry("ticket", "T-17")
        .containsEntry("what", "Night Train");
  }

  @Test
  public void shouldEndByTheClockAndForgetAWishThatNobodyApproves() {
    Grant asked = asked();
    Grant grant = granted();
    bundle.clock.advance(Duration.ofMinutes(30).minusMillis(1));
    assertThat(bundle.holders.isLive(ALICE, holder(grant))).isTrue();
    bundle.clock.advance(Duration.ofMillis(400));
    assertThat(bundle.holders.isLive(ALICE, holder(grant))).isFalse();
    assertThat(bundle.breakglass.state(grant)).isEqualTo(State.OVER);
    bundle.clock.advance(Duration.ofHours(24));
    assertThat(bundle.breakglass.state(asked)).isEqualTo(State.OVER);
    refuses(
        409, "grant-not-open", () -> bundle.breakglass.approve(ALICE, asked.id(), OPERATOR, ""));
    assertThat(bundle.breakglass.revoke(ALICE, grant.id(), OPERATOR, "")).isFalse();
  }

  @Test
  public void shouldEndAtOnceHereAndWithinASecondElsewhereWhenItIsRevoked() {
    GrantHolders elsewhere = bundle.node();
    Grant grant = granted();
    Holder holder = holder(grant);
    assertThat(bundle.holders.isLive(ALICE, holder)).isTrue();
    assertThat(elsewhere.isLive(ALICE, holder)).isTrue();

    assertThat(bundle.breakglass.revoke(ALICE, grant.id(), Optional.of(tom.account()), ""))
        .isTrue();

    assertThat(bundle.holders.isLive(ALICE, holder)).isFalse();
    bundle.clock.advance(Duration.ofSeconds(1));
    assertThat(elsewhere.isLive(ALICE, holder)).isFalse();
    assertThat(bundle.audit.actions(ALICE)).endsWith("breakglass.revoke");
    assertThat(bundle.breakglass.revoke(ALICE, grant.id(), OPERATOR, "")).isFalse();
    refuses(404, "not-found", () -> bundle.breakglass.revoke(BOB, grant.id(), OPERATOR, ""));
  }

  @Test
  public void shouldDieWithTheRoleTheEpochTheStateAndTheFeature() {
    for (Runnable change :
        new Runnable[] {
          () -> done(bundle.accounts.beginEpoch(ALICE, sue.account())),
          () -> done(bundle.accounts.setState(ALICE, sue.account(), AccountState.SUSPENDED)),
          () -> done(bundle.accounts.setRoles(ALICE, sue.account(), Set.of())),
          () -> bundle.gate.turn(ALICE, "breakglass", false)
        }) {
      done(bundle.accounts.setState(ALICE, sue.account(), AccountState.ACTIVE));
      done(bundle.accounts.setRoles(ALICE, sue.account(), Set.of(Role.STAFF)));
      Holder holder = holder(granted());
      assertThat(bundle.holders.isLive(ALICE, holder)).isTrue();
      change.run();
      bundle.clock.advance(Duration.ofSeconds(1));
      assertThat(bundle.holders.isLive(ALICE, holder)).isFalse();
    }
  }

  private static void done(boolean it) {
    assertThat(it).isIn(true, false);
  }

  @Test
  public void shouldKnowNoHolderOfAnotherAccountOrOfNobody() {
    Grant grant = granted();
    Holder sues = holder(grant);
    for (Holder wrong :
        new Holder[] {
          new Holder("grant", grant.id(), Optional.of(tom.account()), sues.epoch()),
          new Holder("grant", grant.id(), Optional.empty(), sues.epoch()),
          new Holder("grant", grant.id(), sues.account(), sues.epoch() + 1),
          new Holder("grant", "nothing", sues.account(), sues.epoch())
        }) {
      assertThat(bundle.holders.isLive(ALICE, wrong)).isFalse();
    }
  }

  @Test
  public void shouldSignAnAddressThatHangsOnTheSessionAndTheGrant() {
    Grant grant = granted();
    assertThat(bundle.urls.sign(TestBreakglass.who(sue), grant.id(), Optional.empty()).path())
        .isNotEmpty();
    TestShelf.Signed signed = bundle.shelf.signed.get(0);
    assertThat(signed.holders()).containsExactly(Holder.of(sue), holder(grant));
    assertThat(signed.audience()).isEqualTo("alice.localhost");
    assertThat(signed.offer().subject()).isEqualTo(track.value());
    assertThat(signed.offer().fileName()).isEqualTo(track.value() + ".mp3");
    assertThat(bundle.audit.actions(ALICE)).endsWith("breakglass.url");
  }

  @Test
  public void shouldSignForWhatTheGrantIsForOnly() {
    Grant grant = granted();
    TrackId other = bundle.shelf.add(ALICE, ann);
    TrackId bens = bundle.shelf.add(ALICE, bundle.musician(ALICE, "ben"));
    for (TrackId wrong : List.of(other, bens)) {
      refuses(
          404,
          "not-found",
          () -> bundle.urls.sign(TestBreakglass.who(sue), grant.id(), Optional.of(wrong)));
    }
    refuses(
        404,
        "not-found",
        () -> bundle.urls.sign(TestBreakglass.who(tom), grant.id(), Optional.empty()));
    Wish all =
        new Wish(ann, Optional.empty(), "T-18", TestBreakglass.REASON, Duration.ofMinutes(5));
    Grant whole = bundle.breakglass.ask(ALICE, Optional.of(sue.account()), sue.account(), all, "");
    Grant approved = bundle.breakglass.approve(ALICE, whole.id(), OPERATOR, "");
    assertThat(bundle.urls.sign(TestBreakglass.who(sue), approved.id(), Optional.of(other)).path())
        .isNotEmpty();
    for (Optional<TrackId> wrong : List.of(Optional.<TrackId>empty(), Optional.of(bens))) {
      refuses(
          404, "not-found", () -> bundle.urls.sign(TestBreakglass.who(sue), approved.id(), wrong));
    }
    bundle.shelf.remove(track);
    refuses(
        404,
        "not-found",
        () -> bundle.urls.sign(TestBreakglass.who(sue), grant.id(), Optional.empty()));
  }

  @Test
  public void shouldRefuseAWishWithoutReasonOfTooLongOrForNobodyOfTheStaff() {
    for (Wish wrong :
        new Wish[] {
          new Wish(ann, Optional.of(track), "", TestBreakglass.REASON, Duration.ofMinutes(1)),
          new Wish(
              ann, Optional.of(track), "T 1\r\n", TestBreakglass.REASON, Duration.ofMinutes(1)),
          new Wish(ann, Optional.of(track), "T-1", "because", Duration.ofMinutes(1)),
          new Wish(ann, Optional.of(track), "T-1", "         .         ", Duration.ofMinutes(1)),
          new Wish(
              ann, Optional.of(track), "T-1", "a reason\r\nX: with lines", Duration.ofMinutes(1)),
          new Wish(ann, Optional.of(track), "T-1", "a hidden \u202e reason", Duration.ofMinutes(1)),
          new Wish(ann, Optional.of(track), "T-1", TestBreakglass.REASON, Duration.ofMinutes(61)),
          new Wish(ann, Optional.of(track), "T-1", TestBreakglass.REASON, Duration.ZERO)
        }) {
      assertThatThrownBy(
              () ->
                  bundle.breakglass.ask(
                      ALICE, Optional.of(sue.account()), sue.account(), wrong, ""))
          .as(wrong.toString())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(
            () -> bundle.breakglass.ask(ALICE, OPERATOR, ann, bundle.wish(track, ann), ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(bundle.breakglass.list(ALICE, "", 10)).isEmpty();
    assertThat(bundle.audit.actions(ALICE)).isEmpty();
  }

  @Test
  public void shouldStoreTheReasonSealed() throws Exception {
    Grant grant = granted();
    try (Connection connection = bundle.db.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT reason FROM breakglass_grant WHERE tenant = 'alice'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).doesNotContain("player");
    }
    bundle.keys.destroy(ALICE, ann.value());
    assertThat(bundle.breakglass.find(ALICE, grant.id()).orElseThrow().reason()).isEmpty();
  }

  @Test
  public void shouldListNewestFirstByPagesOfTheTenantOnly() {
    Grant first = asked();
    bundle.clock.advance(Duration.ofMillis(1));
    Grant second = asked();
    assertThat(bundle.breakglass.list(ALICE, "", 10)).containsExactly(second, first);
    assertThat(bundle.breakglass.list(ALICE, second.id(), 10)).containsExactly(first);
    assertThat(bundle.breakglass.list(ALICE, "", 1)).containsExactly(second);
    assertThat(bundle.breakglass.list(BOB, "", 10)).isEmpty();
  }

  @Test
  public void shouldForgetWhatEndedLongAgo() {
    Grant grant = granted();
    Grant wish = asked();
    bundle.clock.advance(Duration.ofDays(365));
    bundle.breakglass.purge();
    assertThat(bundle.breakglass.find(ALICE, grant.id())).isPresent(); // ended half an hour later
    assertThat(bundle.breakglass.find(ALICE, wish.id())).isPresent();
    bundle.clock.advance(Duration.ofMinutes(30).plusMillis(1));
    bundle.breakglass.purge();
    assertThat(bundle.breakglass.list(ALICE, "", 10)).isEmpty();
  }

  @Test
  public void shouldExportAndEraseItsPartOfAPerson() {
    Grant grant = granted();
    assertThat(bundle.holder.holds()).hasSize(1);
    Map<String, Object> anns = bundle.holder.export(ALICE, ann).get("breakglass").get(0);
    assertThat(anns).containsEntry("yours", true).containsEntry("reason", TestBreakglass.REASON);
    for (Caller staff : List.of(sue, tom)) {
      Map<String, Object> theirs =
          bundle.holder.export(ALICE, staff.account()).get("breakglass").get(0);
      assertThat(theirs).containsEntry("yours", false).containsEntry("reason", "");
    }
    assertThat(bundle.holder.export(BOB, ann).get("breakglass")).isEmpty();

    bundle.holder.erase(ALICE, sue.account());
    assertThat(bundle.holder.export(ALICE, sue.account()).get("breakglass")).isEmpty();
    assertThat(bundle.holder.export(ALICE, ann).get("breakglass")).hasSize(1);
    bundle.clock.advance(Duration.ofSeconds(1));
    assertThat(bundle.holders.isLive(ALICE, holder(grant))).isFalse();

    bundle.holder.erase(BOB, ann);
    assertThat(bundle.breakglass.find(ALICE, grant.id())).isPresent();
    bundle.holder.erase(ALICE, ann);
    assertThat(bundle.breakglass.find(ALICE, grant.id())).isEmpty();
  }
}

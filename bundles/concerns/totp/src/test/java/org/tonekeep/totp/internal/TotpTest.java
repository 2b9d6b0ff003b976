package org.tonekeep.totp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;
import static org.tonekeep.totp.internal.TestTotp.PEER;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Setting up and taking away, over a real database of each engine, with two tenants. */
@RunWith(Parameterized.class)
public final class TotpTest {
  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestTotp bundle;
  private Caller ann;
  private Caller bea;

  public TotpTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    bundle = new TestTotp(engine);
    ann = bundle.account(ALICE, "ann@example.org");
    bea = bundle.account(BOB, "ann@example.org");
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldOfferASeedThatCountsOnlyOnceACodeWasTyped() {
    Totp.Offer offer = bundle.totp.begin(ann);

    assertThat(offer.secret()).matches("[A-Z2-7]{32}");
    assertThat(offer.uri())
        .isEqualTo(
            "otpauth://totp/Alice%20A%20%26%20B:ann%40example.org?secret="
                + offer.secret()
                + "&issuer=Alice%20A%20%26%20B&algorithm=SHA1&digits=6&period=30");
    assertThat(offer.qrSvg()).startsWith("<svg ").endsWith("</svg>").doesNotContain("ann");
    assertThat(offer.toString()).doesNotContain(offer.secret());
    assertThat(bundle.totp.state(ann).since()).isEmpty();
    assertThat(bundle.factor.verify(ALICE, ann.account(), bundle.code(ann, 0))).isFalse();
    assertThat(account().factors()).isEmpty();
    assertThat(bundle.audit.kept()).isEmpty();
  }

  @Test
  public void shouldTurnOnInANewEpochAndTellEverybody() {
    Totp.Offer unused = bundle.totp.begin(ann);
    long epoch = account().epoch();

    Totp.TurnedOn on = bundle.totp.confirm(ann, bundle.code(ann, 0), PEER);

    assertThat(on.recoveryCodes()).hasSize(10);
    assertThat(on.session().token()).isEqualTo("fresh-token");
    assertThat(on.toString()).doesNotContain(on.recoveryCodes().get(0));
    assertThat(bundle.signIns.rotated).containsExactly(ann);
    assertThat(account().factors()).containsExactly("totp");
    assertThat(account().epoch()).isGreaterThan(epoch);
    assertThat(bundle.totp.state(ann).since()).contains(bundle.clock.instant());
    assertThat(bundle.totp.state(ann).recoveryCodes()).isEqualTo(10);
    assertThat(bundle.totp.state(bea).since()).isEmpty();
    assertThat(bundle.audit.actions(ALICE)).containsExactly("totp.on");
    assertThat(bundle.audit.kept().get(0).entry().peer()).isEqualTo("peer-tag");
    assertThat(bundle.mails.last(TotpMails.ON).to()).isEqualTo("ann@example.org");
    assertThat(bundle.limits.taken())
        .containsExactly(
            new org.tonekeep.testing.kit.TestLimits.Taken(
                ALICE, LimitedAct.LOGIN, ann.account().value(), "net"));
    assertThat(problem(() -> bundle.totp.begin(ann)).code()).isEqualTo("totp-on");
    assertThat(problem(() -> bundle.totp.confirm(ann, "000000", PEER)).code())
        .isEqualTo("totp-not-begun");
  }

  @Test
  public void shouldNotTurnOnByAWrongCodeOrOneOfAnEarlierOffer() {
    assertThat(problem(() -> bundle.totp.confirm(ann, "123456", PEER)).code())
        .isEqualTo("totp-not-begun");
    Totp.Offer first = bundle.totp.begin(ann);
    String old = bundle.code(ann, 0);
    Totp.Offer second = bundle.totp.begin(ann);
    assertThat(first.secret()).isNotEqualTo(second.secret());

    for (String code : List.of(old, bundle.wrong(ann), "", "12345", "abcdef", "１２３４５６")) {
      ProblemException problem = problem(() -> bundle.totp.confirm(ann, code, PEER));
      assertThat(problem.status()).as(code).isIn(422, 429);
    }
    assertThat(account().factors()).isEmpty();
    assertThat(bundle.signIns.rotated).isEmpty();
  }

  @Test
  public void shouldTurnOffOnlySoonAfterAProof() {
    bundle.on(ann);
    Caller late =
        new Caller(ALICE, ann.account(), ann.roles(), "session", Set.of(Scope.SESSION), false);

    assertThat(problem(() -> bundle.totp.turnOff(late, PEER)).code()).isEqualTo("step-up-required");
    assertThat(account().factors()).containsExactly("totp");
    long epoch = account().epoch();
    assertThat(bundle.totp.turnOff(ann, PEER).token()).isEqualTo("fresh-token");

    assertThat(account().factors()).isEmpty();
    assertThat(account().epoch()).isGreaterThan(epoch);
    assertThat(bundle.audit.actions(ALICE)).containsExactly("totp.on", "totp.off");
    assertThat(bundle.mails.last(TotpMails.OFF).to()).isEqualTo("ann@example.org");
    assertThat(bundle.totp.state(ann).recoveryCodes()).isZero();
    assertThat(problem(() -> bundle.totp.turnOff(ann, PEER)).status()).isEqualTo(404);
  }

  @Test
  public void shouldBeResetByTheStaffForOneAccountOfOneTenant() {
    bundle.on(ann);
    bundle.on(bea);

    assertThat(bundle.factor.reset(ALICE, bea.account())).isFalse();
    assertThat(bundle.factor.reset(ALICE, ann.account())).isTrue();
    assertThat(bundle.factor.reset(ALICE, ann.account())).isFalse();

    assertThat(account().factors()).isEmpty();
    assertThat(bundle.totp.state(bea).since()).isPresent();
    assertThat(bundle.accounts.find(BOB, bea.account()).orElseThrow().factors())
        .containsExactly("totp");
  }

  @Test
  public void shouldKeepNoSecretInTheClear() throws SQLException {
    Totp.Offer offer = bundle.totp.begin(ann);
    List<String> codes = bundle.totp.confirm(ann, bundle.code(ann, 0), PEER).recoveryCodes();

    for (String table : List.of("totp_seed", "totp_recovery")) {
      try (Connection connection = bundle.db.unwatched().getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
        assertThat(rows.next()).isTrue();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          String value = rows.getString(i);
          assertThat(value).doesNotContain(offer.secret()).isNotIn(codes);
        }
      }
    }
    String held = bundle.holder.export(ALICE, ann.account()).toString();
    assertThat(held).contains("recoveryCodes=10").doesNotContain(offer.secret());
  }

  @Test
  public void shouldEraseOnePersonOfOneTenant() {
    bundle.on(ann);
    bundle.on(bea);

    bundle.holder.erase(BOB, ann.account());
    assertThat(bundle.totp.state(ann).since()).isPresent();
    bundle.holder.erase(ALICE, ann.account());
    bundle.holder.erase(ALICE, ann.account());

    assertThat(bundle.store.find(ALICE, ann.account())).isEmpty();
    assertThat(bundle.store.left(ALICE, ann.account())).isZero();
    assertThat(bundle.store.left(BOB, bea.account())).isEqualTo(10);
    bundle.ring.destroy(BOB, bea.account().value());
    assertThat(bundle.factor.verify(BOB, bea.account(), "123456")).isFalse();
  }

  @Test
  public void shouldUndoEverythingWhenALaterStepFails() {
    Totp.Offer unused = bundle.totp.begin(ann);
    String code = bundle.code(ann, 0);
    assertThat(
            catchThrowableOfType(
                IllegalStateException.class,
                () ->
                    bundle
                        .db
                        .tx()
                        .run(
                            ALICE,
                            () -> {
                              Totp.TurnedOn on = bundle.totp.confirm(ann, code, PEER);
                              throw new IllegalStateException(on.toString());
                            })))
        .isNotNull();

    assertThat(account().factors()).isEmpty();
    assertThat(bundle.totp.state(ann).since()).isEmpty();
    bundle.clock.advance(Duration.ofSeconds(30));
    assertThat(bundle.totp.confirm(ann, bundle.code(ann, 0), PEER).recoveryCodes()).hasSize(10);
  }

  private Account account() {
    return bundle.accounts.find(ALICE, ann.account()).orElseThrow();
  }

  private static ProblemException problem(ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call);
  }
}

package org.tonekeep.passkeys.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.passkeys.internal.TestPasskeys.PEER;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Passkeys over a real database of each engine, always with two tenants. */
@RunWith(Parameterized.class)
public final class PasskeysTest {
  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestPasskeys bundle;
  private Caller ann;
  private Caller bea;

  public PasskeysTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    bundle = new TestPasskeys(engine);
    ann = bundle.account(ALICE, "ann@example.org");
    bea = bundle.account(BOB, "bea@example.org");
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldSignInWithARegisteredPasskeyAgainAndAgain() {
    Device device = TestPasskeys.device(ALICE);
    Passkey made = bundle.register(ann, device);
    assertThat(made.transports()).containsExactly("internal", "hybrid");

    for (int i = 1; i <= 3; i++) {
      Passkeys.SignedIn done = bundle.signIn(ALICE, device.get(bundle.passkeys.challenge(ALICE)));
      assertThat(done.account().id()).isEqualTo(ann.account());
      assertThat(done.session().orElseThrow().token()).isEqualTo("fresh-token");
      assertThat(bundle.begun).hasSize(i).containsOnly(ann.account());
      assertThat(bundle.passkeys.list(ann).get(0).signCount()).isEqualTo(i);
    }

    assertThat(bundle.passkeys.list(ann).get(0).lastUsed()).contains(bundle.clock.instant());
    assertThat(bundle.passkeys.list(bea)).isEmpty();
    assertThat(bundle.audit.actions(ALICE))
        .containsExactly("passkey.create", "passkey.use", "passkey.use", "passkey.use");
    assertThat(bundle.mails.last(PasskeysMails.ADDED).to()).isEqualTo("ann@example.org");
  }

  @Test
  public void shouldProveAgainWhoIsSignedInAlready() {
    Device device = TestPasskeys.device(ALICE);
    bundle.register(ann, device);
    Caller ben = bundle.account(ALICE, "ben@example.org");

    Passkeys.SignedIn same = signIn(ann, device);
    assertThat(same.session()).isEmpty();
    assertThat(bundle.proven).containsExactly(ann);
    Passkeys.SignedIn other = signIn(ben, device);
    assertThat(other.session()).isPresent();
    assertThat(other.account().id()).isEqualTo(ann.account());
    assertThat(bundle.proven).containsExactly(ann);
  }

  @Test
  public void shouldKeepACredentialOncePerTenantWhoeverOwnsIt() {
    Device device = TestPasskeys.device(ALICE);
    bundle.register(ann, device);
    Caller ben = bundle.account(ALICE, "ben@example.org");
    assertThat(bundle.passkeys.offer(ann).known().get(0).id()).isEqualTo(Base64Url.text(device.id));

    ProblemException problem =
        catchThrowableOfType(ProblemException.class, () -> bundle.register(ben, device));
    assertThat(problem.code()).isEqualTo("passkey-known");

    Device there = TestPasskeys.device(BOB);
    there.id = device.id;
    assertThat(bundle.register(bea, there).name()).isEqualTo("phone");
  }

  @Test
  public void shouldHaveTwentyAtMostAndRefuseBadNames() {
    for (int i = 0; i < Passkeys.MOST; i++) {
      bundle.register(ann, TestPasskeys.device(ALICE));
    }
    ProblemException problem =
        catchThrowableOfType(
            ProblemException.class, () -> bundle.register(ann, TestPasskeys.device(ALICE)));
    assertThat(problem.code()).isEqualTo("too-many-passkeys");
    for (String name : new String[] {" ", "x".repeat(61), "a\u0000"}) {
      assertThat(
              catchThrowableOfType(
                      ProblemException.class,
                      () ->
                          bundle.passkeys.register(
                              ann,
                              TestPasskeys.party(bundle.tenants, ALICE),
                              name,
                              TestPasskeys.device(ALICE).get("x"),
                              PEER))
                  .status())
          .isEqualTo(422);
    }
  }

  @Test
  public void shouldRemoveOnlyOwnPasskeysAndBeginANewEpoch() {
    Device device = TestPasskeys.device(ALICE);
    String id = bundle.register(ann, device).id();
    Caller ben = bundle.account(ALICE, "ben@example.org");
    for (Caller other : new Caller[] {ben, bea}) {
      assertThat(
              catchThrowableOfType(
                      ProblemException.class, () -> bundle.passkeys.remove(other, id, PEER).token())
                  .status())
          .isEqualTo(404);
    }
    long epoch = bundle.accounts.find(ALICE, ann.account()).orElseThrow().epoch();

    assertThat(bundle.passkeys.remove(ann, id, PEER).token()).isEqualTo("fresh-token");

    assertThat(bundle.accounts.find(ALICE, ann.account()).orElseThrow().epoch())
        .isGreaterThan(epoch);
    assertThat(bundle.rotated).containsExactly(ann);
    assertThat(bundle.mails.last(PasskeysMails.REMOVED).to()).isEqualTo("ann@example.org");
    assertThat(
            catchThrowableOfType(
                RefusedException.class,
                () -> bundle.signIn(ALICE, device.get(bundle.passkeys.challenge(ALICE)))))
        .isNotNull();
  }

  @Test
  public void shouldWriteDownSignInsThatFail() {
    Device device = TestPasskeys.device(ALICE);
    Passkey made = bundle.register(ann, device);
    for (Device other : new Device[] {device, TestPasskeys.device(ALICE)}) {
      Answer used = other.get(bundle.passkeys.challenge(BOB)); // not a challenge of this tenant
      assertThat(catchThrowableOfType(RefusedException.class, () -> bundle.signIn(ALICE, used)))
          .isNotNull();
    }
    assertThat(bundle.accounts.setState(ALICE, ann.account(), AccountState.SUSPENDED)).isTrue();
    Answer good = device.get(bundle.passkeys.challenge(ALICE));
    assertThat(catchThrowableOfType(RefusedException.class, () -> bundle.signIn(ALICE, good)))
        .isNotNull();

    assertThat(bundle.audit.kept())
        .filteredOn(k -> k.entry().action().equals("passkey.use"))
        .hasSize(3)
        .allSatisfy(k -> assertThat(k.entry().peer()).isEqualTo(PEER.tag()))
        .last()
        .satisfies(
            k -> {
              assertThat(k.entry().owner()).contains(ann.account());
              assertThat(k.entry().subject()).isEqualTo(made.id());
            });
  }

  @Test
  public void shouldNotOpenASuspendedAccount() {
    Device device = TestPasskeys.device(ALICE);
    bundle.register(ann, device);
    assertThat(bundle.accounts.setState(ALICE, ann.account(), AccountState.SUSPENDED)).isTrue();

    assertThat(
            catchThrowableOfType(
                RefusedException.class,
                () -> bundle.signIn(ALICE, device.get(bundle.passkeys.challenge(ALICE)))))
        .isNotNull();
    assertThat(bundle.begun).isEmpty();
  }

  @Test
  public void shouldKeepNothingPersonalInTheClear() throws SQLException {
    Device device = TestPasskeys.device(ALICE);
    bundle.register(ann, device);
    try (Connection connection = bundle.db.unwatched().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM passkeys_credential")) {
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        assertThat(String.valueOf(rows.getString(i)))
            .doesNotContain("phone")
            .doesNotContain(Base64Url.text(device.id));
      }
    }
  }

  @Test
  public void shouldExportAndEraseOnePersonOfOneTenant() {
    Device device = TestPasskeys.device(ALICE);
    bundle.register(ann, device);
    bundle.register(bea, TestPasskeys.device(BOB));
    assertThat(bundle.holder.export(ALICE, ann.account()).get("passkey")).hasSize(1);

    bundle.holder.erase(BOB, ann.account());
    assertThat(bundle.passkeys.list(ann)).hasSize(1);
    bundle.holder.erase(ALICE, ann.account());
    bundle.holder.erase(ALICE, ann.account());
    assertThat(bundle.passkeys.list(ann)).isEmpty();
    assertThat(bundle.passkeys.list(bea)).hasSize(1);
    bundle.ring.destroy(BOB, bea.account().value());
    assertThat(bundle.passkeys.list(bea)).isEmpty();
  }

  @Test
  public void shouldRemoveAllPasskeysOfOneAccountWhenTheOperatorResetsItsFactors() {
    Device device = TestPasskeys.device(ALICE);
    bundle.register(ann, device);
    bundle.register(ann, TestPasskeys.device(ALICE));
    Caller ben = bundle.account(ALICE, "ben@example.org");
    bundle.register(ben, TestPasskeys.device(ALICE));
    bundle.register(bea, TestPasskeys.device(BOB));
    assertThat(bundle.factor.reset(BOB, ann.account())).isFalse();
    assertThat(bundle.passkeys.list(ann)).hasSize(2);

    assertThat(bundle.factor.reset(ALICE, ann.account())).isTrue();
    assertThat(bundle.factor.reset(ALICE, ann.account())).isFalse();

    assertThat(bundle.passkeys.list(ann)).isEmpty();
    assertThat(bundle.passkeys.list(ben)).hasSize(1);
    assertThat(bundle.passkeys.list(bea)).hasSize(1);
    assertThat(bundle.audit.actions(ALICE))
        .endsWith("passkey.reset")
        .containsOnlyOnce("passkey.reset");
    assertThat(
            catchThrowableOfType(
                RefusedException.class,
                () -> bundle.signIn(ALICE, device.get(bundle.passkeys.challenge(ALICE)))))
        .isNotNull();
  }

  @Test
  public void shouldBeNoCodeBesideAPassword() {
    bundle.register(ann, TestPasskeys.device(ALICE));
    assertThat(bundle.factor.kind()).isEqualTo("passkey");
    assertThat(bundle.factor.verify(ALICE, ann.account(), "")).isFalse();
    assertThat(bundle.factor.verify(ALICE, ann.account(), "123456")).isFalse();
    assertThat(bundle.accounts.find(ALICE, ann.account()).orElseThrow().factors()).isEmpty();
  }

  private Passkeys.SignedIn signIn(Caller caller, Device device) {
    return bundle.passkeys.signIn(
        ALICE,
        Optional.of(caller),
        TestPasskeys.party(bundle.tenants, ALICE),
        device.get(bundle.passkeys.challenge(ALICE)),
        PEER);
  }
}

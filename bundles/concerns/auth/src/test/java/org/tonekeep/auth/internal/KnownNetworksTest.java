package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.auth.internal.TestAuth.PEER;
import static org.tonekeep.auth.internal.TestSites.ALICE;
import static org.tonekeep.auth.internal.TestSites.BOB;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.auth.internal.AuthService.Proof;
import org.tonekeep.auth.internal.jpa.KnownStore.Known;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.SecondFactor;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestMails.Queued;

/** From where an account was signed in to, and what its owner learns of guesses from elsewhere. */
@RunWith(Parameterized.class)
public final class KnownNetworksTest {
  private static final String EMAIL = "ann@example.org";
  private static final String PASSWORD = "correct horse battery";
  private static final Peer AWAY = new Peer("net-2", "tag-2", "", "ZZ", true, false);
  private static final Peer UNNAMED = new Peer("net-3", "", "", "ZZ", true, false);

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestAuth bundle;
  private Account ann;
  private Account twin;

  public KnownNetworksTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    bundle = new TestAuth(engine);
    ann = bundle.signUp(ALICE, EMAIL, PASSWORD, "Ann").account();
    twin = bundle.signUp(BOB, EMAIL, PASSWORD, "Ann").account();
  }

  @After
  public void close() {
    bundle.close();
  }

  @Test
  public void shouldKnowTheNetworkOfALoginForADayAndThatAccountOnly() {
    logIn(PEER);

    assertThat(isKnown(bundle, EMAIL, PEER)).isTrue();
    assertThat(isKnown(bundle, EMAIL, AWAY)).isFalse();
    assertThat(isKnown(bundle, "bea@example.org", PEER)).isFalse();
    assertThat(bundle.known.contain(BOB, bundle.known.pair(BOB, EMAIL, PEER))).isFalse();
    bundle.clock.advance(Duration.ofDays(1));
    assertThat(isKnown(bundle, EMAIL, PEER)).isFalse();
  }

  @Test
  public void shouldNotForgetWithARestartWhereTheTenantKeepsAPseudonym() {
    logIn(PEER);
    logIn(UNNAMED);
    bundle.known.write();
    List<Known> rows = bundle.knownStore.since(ALICE, ann.createdAt(), 10);
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).pair()).matches("[0-9a-f]{64}").doesNotContain(PEER.tag());
    assertThat(bundle.knownStore.since(BOB, ann.createdAt(), 10)).isEmpty();

    TestAuth restarted = bundle.secondNode();
    assertThat(isKnown(restarted, EMAIL, PEER)).isFalse();
    restarted.known.read();

    assertThat(isKnown(restarted, EMAIL, PEER)).isTrue();
    assertThat(isKnown(restarted, EMAIL, UNNAMED)).isFalse(); // nothing may be written of it
    assertThat(isKnown(bundle, EMAIL, UNNAMED)).isTrue();
    bundle.clock.advance(Duration.ofDays(1));
    bundle.known.purge();
    assertThat(bundle.knownStore.times(ALICE, ann.id())).isEmpty();
  }

  @Test
  public void shouldForgetAllNetworksWithANewPasswordAndWithTheAccount() {
    logIn(AWAY);
    bundle.known.write();
    Caller caller = bundle.caller(ALICE, logIn(PEER));
    Object unused = bundle.auth.changePassword(caller, PASSWORD, "a new password", PEER);
    assertThat(isKnown(bundle, EMAIL, AWAY)).isFalse();
    assertThat(isKnown(bundle, EMAIL, PEER)).isTrue();
    bundle.known.write();
    assertThat(bundle.holder.export(ALICE, ann.id()).get("known-network")).hasSize(1);
    assertThat(bundle.holder.export(BOB, twin.id()).get("known-network")).isEmpty();

    bundle.holder.erase(ALICE, ann.id());

    assertThat(isKnown(bundle, EMAIL, PEER)).isFalse();
    assertThat(bundle.knownStore.times(ALICE, ann.id())).isEmpty();
  }

  @Test
  public void shouldTellTheOwnerOnceADayThatStrangersGuess() {
    logIn(PEER);
    for (int i = 0; i < 3; i++) {
      fail(PEER); // the owner's own mistakes
    }
    guess(Guesses.HARMLESS);
    assertThat(told()).isEmpty();
    guess(1);
    assertThat(told()).containsExactly(EMAIL);
    guess(30);
    assertThat(told()).hasSize(1);
    assertThat(bundle.audit.kept())
        .filteredOn(k -> k.entry().action().equals("password.guessed"))
        .hasSize(1)
        .first()
        .satisfies(
            k -> {
              assertThat(k.entry().facts()).containsEntry("failures", "21");
              assertThat(k.entry().owner()).contains(ann.id());
            });

    bundle.clock.advance(Duration.ofDays(1));
    guess(Guesses.HARMLESS + 1);
    assertThat(told()).hasSize(2);
  }

  @Test
  public void shouldNotTellTwiceOnTwoNodesNorOfAnAccountThatIsNotInUse() {
    guess(Guesses.HARMLESS + 1);
    assertThat(told()).hasSize(1);
    TestAuth other = bundle.secondNode();
    for (int i = 0; i <= Guesses.HARMLESS; i++) {
      other.guesses.note(ann);
    }
    other.guesses.write();
    assertThat(other.mails.queued()).isEmpty();

    assertThat(bundle.accounts.setState(BOB, twin.id(), AccountState.SUSPENDED)).isTrue();
    for (int i = 0; i <= Guesses.HARMLESS; i++) {
      bundle.guesses.note(twin);
    }
    assertThat(told()).hasSize(1);
  }

  @Test
  public void shouldTellTheOwnerOnceADayWhoHadThePasswordButNoCode() {
    bundle.factors.add(new OneCode());
    assertThat(bundle.accounts.setFactor(ALICE, ann.id(), "totp", true)).isTrue();
    assertThat(refusal("", PEER)).isEqualTo("totp-required");
    assertThat(refusal("", AWAY)).isEqualTo("totp-required");
    Object unused =
        bundle.auth.logIn(ALICE, Optional.empty(), EMAIL, new Proof(PASSWORD, "123456"), PEER);
    assertThat(codeless()).isEmpty();

    bundle.clock.advance(Guesses.PATIENCE);
    assertThat(codeless()).containsExactly(EMAIL);
    assertThat(refusal("", UNNAMED)).isEqualTo("totp-required");
    assertThat(refusal("limit", UNNAMED)).isEqualTo("too-many-attempts");
    bundle.clock.advance(Guesses.PATIENCE);
    assertThat(codeless()).hasSize(1);
    assertThat(bundle.audit.kept())
        .filteredOn(k -> k.entry().facts().containsKey("why"))
        .extracting(k -> k.entry().facts().get("why"))
        .containsExactly("factor-missing", "factor-missing", "factor-missing", "factor-limit");
    assertThat(bundle.audit.actions(ALICE)).containsOnlyOnce("password.codeless");
    assertThat(bundle.holder.export(ALICE, ann.id()).get("link"))
        .singleElement()
        .satisfies(link -> assertThat(link).containsEntry("kind", "codeless"));
    assertThat(bundle.holder.export(BOB, twin.id()).get("link")).isEmpty();
  }

  /** A second factor of one code. */
  private static final class OneCode implements SecondFactor {
    @Override
    public String kind() {
      return "totp";
    }

    @Override
    public boolean verify(TenantId tenant, AccountId account, String code) {
      if (code.equals("limit")) {
        throw ProblemException.of(429, "too-many-attempts", "Too many", "Wait");
      }
      return code.equals("123456");
    }

    @Override
    public boolean reset(TenantId tenant, AccountId account) {
      return false;
    }
  }

  private String refusal(String code, Peer peer) {
    return catchThrowableOfType(
            ProblemException.class,
            () ->
                bundle.auth.logIn(ALICE, Optional.empty(), EMAIL, new Proof(PASSWORD, code), peer))
        .code();
  }

  private List<String> codeless() {
    bundle.guesses.write();
    return bundle.mails.queued().stream()
        .map(Queued::letter)
        .filter(letter -> letter.template().equals("auth.codeless"))
        .map(letter -> letter.to())
        .toList();
  }

  private void guess(int times) {
    fail(AWAY);
    for (int i = 1; i < times; i++) {
      bundle.guesses.note(ann); // as a failure does, without its bcrypt
    }
  }

  private List<String> told() {
    bundle.guesses.write();
    return bundle.mails.queued().stream()
        .map(Queued::letter)
        .filter(letter -> letter.template().equals("auth.guessed"))
        .map(letter -> letter.to())
        .toList();
  }

  private static boolean isKnown(TestAuth node, String email, Peer peer) {
    return node.known.contain(ALICE, node.known.pair(ALICE, email, peer));
  }

  private org.tonekeep.identity.api.SignIns.Begun logIn(Peer peer) {
    return bundle
        .auth
        .logIn(ALICE, Optional.empty(), EMAIL, new Proof(PASSWORD, ""), peer)
        .session();
  }

  private void fail(Peer peer) {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                bundle.auth.logIn(
                    ALICE, Optional.empty(), EMAIL, new Proof("wrong one", ""), peer));
    assertThat(refused.code()).isEqualTo("bad-credentials");
  }
}

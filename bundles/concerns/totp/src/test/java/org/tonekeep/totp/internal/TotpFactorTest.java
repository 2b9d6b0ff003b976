package org.tonekeep.totp.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.crypto.spec.SecretKeySpec;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Codes at sign-in, over a real database of each engine, with two tenants. */
@RunWith(Parameterized.class)
public final class TotpFactorTest {
  private static final int RACERS = 64;

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private TestTotp bundle;
  private Caller ann;
  private Caller bea;

  public TotpFactorTest(Engine engine) {
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
  public void shouldTakeACodeOnceAndNoneOfAnEarlierStep() {
    bundle.on(ann);
    String before = bundle.code(ann, -1);
    String now = bundle.code(ann, 0);

    assertThat(verify(now)).isTrue();
    assertThat(verify(now)).isFalse();
    assertThat(verify(before)).isFalse();
    assertThat(
            verify(
                " " + bundle.code(ann, 1).substring(0, 3) + " " + bundle.code(ann, 1).substring(3)))
        .isTrue();
  }

  @Test
  public void shouldNotTakeTheCodeThatTurnedItOn() {
    Totp.Offer unused = bundle.totp.begin(ann);
    String code = bundle.code(ann, 0);
    assertThat(bundle.totp.confirm(ann, code, TestTotp.PEER).recoveryCodes()).hasSize(10);

    assertThat(verify(code)).isFalse();
  }

  @Test
  public void shouldTakeNoCodeOfSomebodyElse() {
    bundle.on(ann);
    List<String> codes = bundle.on(bea);

    assertThat(bundle.factor.verify(BOB, bea.account(), bundle.code(ann, 0))).isFalse();
    assertThat(verify(codes.get(0))).isFalse();
    assertThat(bundle.factor.verify(BOB, ann.account(), bundle.code(ann, 0))).isFalse();
    assertThat(verify(bundle.code(ann, 0))).isTrue();
    assertThat(bundle.store.left(BOB, bea.account())).isEqualTo(10);
  }

  @Test
  public void shouldPassOneOfManyWhoTypeTheSameCodeAtOnce() throws InterruptedException {
    List<String> codes = bundle.on(ann);

    assertThat(race(() -> verify(bundle.code(ann, 0)))).isEqualTo(1);
    assertThat(race(() -> verify(codes.get(3)))).isEqualTo(1);
    // Nodes remember nothing of each other: the database alone decides.
    bundle.clock.advance(Duration.ofDays(2));
    List<TotpFactor> nodes = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      nodes.add(bundle.node(new GuessWindow(bundle.store, bundle.clock)));
    }
    String code = bundle.code(ann, 0);
    assertThat(race(() -> take(nodes).verify(ALICE, ann.account(), code))).isEqualTo(1);
  }

  @Test
  public void shouldUseRecoveryCodesUpAndTellTheOwner() {
    List<String> codes = bundle.on(ann);

    assertThat(verify(codes.get(0).toLowerCase(Locale.ROOT).replace("-", " "))).isTrue();
    assertThat(verify(codes.get(0))).isFalse();
    assertThat(verify(codes.get(9))).isTrue();

    assertThat(bundle.totp.state(ann).recoveryCodes()).isEqualTo(8);
    assertThat(bundle.mails.last(TotpMails.RECOVERY).values()).containsEntry("left", "8");
    AuditEntry entry = bundle.audit.kept().get(2).entry();
    assertThat(entry.action()).isEqualTo("totp.recovery");
    assertThat(entry.facts()).containsEntry("left", "8");
    assertThat(entry.owner()).contains(ann.account());
  }

  @Test
  public void shouldGiveARecoveryCodeBackWhenTheSignInFails() {
    String code = bundle.on(ann).get(0);
    Throwable unused =
        catchThrowableOfType(
            IllegalStateException.class,
            () ->
                bundle
                    .db
                    .tx()
                    .run(
                        ALICE,
                        () -> {
                          assertThat(verify(code)).isTrue();
                          throw new IllegalStateException("later step");
                        }));

    assertThat(verify(code)).isTrue();
  }

  @Test
  public void shouldSlowGuessesDownAlthoughTheirTransactionsFail() {
    List<String> codes = bundle.on(ann);
    String wrong = bundle.wrong(ann);
    for (int i = 0; i < 5; i++) {
      Throwable unused =
          catchThrowableOfType(
              IllegalStateException.class,
              () ->
                  bundle
                      .db
                      .tx()
                      .run(
                          ALICE,
                          () -> {
                            assertThat(verify(wrong)).isFalse();
                            throw new IllegalStateException("refused");
                          }));
    }

    ProblemException problem = refused(bundle.factor);
    assertThat(problem.status()).isEqualTo(429);
    assertThat(problem.headers()).containsEntry("Retry-After", "30");
    assertThat(verify(codes.get(0))).isTrue(); // the owner gets in
    bundle.clock.advance(Duration.ofSeconds(30));
    assertThat(verify(bundle.wrong(ann))).isFalse();
    assertThat(refused(bundle.factor).headers()).containsEntry("Retry-After", "60");
    bundle.clock.advance(Duration.ofSeconds(60));
    assertThat(verify(bundle.code(ann, 0))).isTrue();
    assertThat(verify(bundle.wrong(ann))).isFalse(); // all tries again
  }

  @Test
  public void shouldSlowDownOnOtherNodesAndAfterARestart() {
    bundle.on(ann);
    for (int i = 0; i < 5; i++) {
      assertThat(verify(bundle.wrong(ann))).isFalse();
    }
    TotpFactor other = bundle.node(new GuessWindow(bundle.store, bundle.clock));

    bundle.window.write();

    assertThat(refused(other).status()).isEqualTo(429);
    bundle.clock.advance(Duration.ofSeconds(30));
    assertThat(other.verify(ALICE, ann.account(), bundle.code(ann, 0))).isTrue();
    bundle.window.write(); // what is old news does not come back
    assertThat(bundle.store.find(ALICE, ann.account()).orElseThrow().failures()).isZero();
    bundle.clock.advance(Duration.ofSeconds(30));
    assertThat(verify(bundle.code(ann, 0))).isTrue();
  }

  /** D5 of the security plan: a million guesses succeed with less than 1 in 10,000. */
  @Test
  public void shouldLookAtFewOfAMillionGuesses() {
    Seed seed =
        new Seed(
            new SecretKeySpec(new byte[20], "RAW"),
            true,
            0,
            0,
            java.time.Instant.EPOCH,
            bundle.clock.instant());
    int looked = 0;
    for (int i = 0; i < 1_000_000; i++) {
      bundle.clock.advance(Duration.ofMillis(100)); // ten a second, for 28 hours
      try {
        bundle.window.enter(ALICE, ann.account(), seed);
        looked++;
      } catch (ProblemException e) {
        assertThat(e.status()).isEqualTo(429);
      }
    }

    assertThat(looked * 3 / 1e6).isLessThan(1e-4);
    assertThat(looked).isBetween(5, 20);
  }

  private boolean verify(String code) {
    return bundle.factor.verify(ALICE, ann.account(), code);
  }

  private ProblemException refused(TotpFactor factor) {
    return catchThrowableOfType(
        ProblemException.class,
        () -> {
          boolean unused = factor.verify(ALICE, ann.account(), bundle.wrong(ann));
        });
  }

  private static TotpFactor take(List<TotpFactor> nodes) {
    synchronized (nodes) {
      return nodes.remove(0);
    }
  }

  /** How many of many at once come through. */
  private static int race(Supplier<Boolean> work) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(RACERS);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Boolean>> racers = new ArrayList<>();
    for (int i = 0; i < RACERS; i++) {
      racers.add(
          pool.submit(
              () -> {
                start.await();
                return work.get();
              }));
    }
    start.countDown();
    int passed = 0;
    for (Future<Boolean> racer : racers) {
      try {
        passed += racer.get() ? 1 : 0;
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(ProblemException.class);
      }
    }
    pool.shutdown();
    return passed;
  }
}

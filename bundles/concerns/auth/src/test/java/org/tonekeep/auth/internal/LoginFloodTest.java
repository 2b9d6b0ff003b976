package org.tonekeep.auth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.auth.internal.TestSites.ALICE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.After;
import org.junit.Test;
import org.tonekeep.auth.internal.AuthService.Proof;
import org.tonekeep.auth.internal.AuthService.SignedIn;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/**
 * A correct login beside a flood, with the real bcrypt at cost 12: 200 connections from four
 * networks, without the limits that would stop them after ten tries.
 */
public final class LoginFloodTest {
  private static final int CONNECTIONS = 200;
  private static final String PASSWORD = "correct horse battery";

  private final ExecutorService flood = Executors.newFixedThreadPool(CONNECTIONS);
  private final AtomicBoolean on = new AtomicBoolean(true);

  @After
  public void stop() {
    on.set(false);
    flood.shutdownNow();
  }

  @Test
  public void shouldLetACorrectLoginThroughAFloodSoon() throws Exception {
    try (TestAuth bundle = new TestAuth(Engine.DERBY)) {
      Object unused = bundle.signUp(ALICE, "ann@example.org", PASSWORD, "Ann");
      List<Future<?>> connections = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        Peer peer = new Peer("flood-" + i % 4, "", "", "ZZ", true, false);
        connections.add(flood.submit(() -> guess(bundle, peer)));
      }
      org.awaitility.Awaitility.await().until(() -> bundle.queue.inside() > 20);

      Duration longest = Duration.ZERO;
      for (int i = 0; i < 5; i++) {
        Peer owner = new Peer("home-" + i, "", "", "ZZ", true, false);
        long begun = System.nanoTime();
        SignedIn in =
            bundle.auth.logIn(
                ALICE, Optional.empty(), "ann@example.org", new Proof(PASSWORD, ""), owner);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(in.account().displayName()).isEqualTo("Ann");
        longest = took.compareTo(longest) > 0 ? took : longest;
      }
      on.set(false);
      for (Future<?> connection : connections) {
        connection.get(60, TimeUnit.SECONDS);
      }

      // Two turns of a third of a second each; the bound is wide for a machine that does more.
      assertThat(longest).isLessThan(Duration.ofSeconds(8));
      System.out.println("Longest of five correct logins beside the flood: " + longest);
    }
  }

  private void guess(TestAuth bundle, Peer peer) {
    while (on.get()) {
      try {
        Object unused =
            bundle.auth.logIn(
                ALICE, Optional.empty(), "ann@example.org", new Proof("guess", ""), peer);
      } catch (ProblemException e) {
        assertThat(e.status()).isIn(401, 429);
        LockSupport.parkNanos(20_000_000); // the way of an answer and of the next request
        Thread.onSpinWait();
      }
    }
  }
}

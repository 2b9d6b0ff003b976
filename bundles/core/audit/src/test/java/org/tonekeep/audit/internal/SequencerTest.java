package org.tonekeep.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.audit.internal.note.Checkpoint;
import org.tonekeep.audit.internal.tree.ProofCheck;
import org.tonekeep.audit.internal.tree.TreeView;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** How entries become leaves, and when nothing is signed. */
@RunWith(Parameterized.class)
public final class SequencerTest {
  private static final AuditEntry ACT = AuditEntry.of(Actor.platform(), "track.purge");

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private Rig rig;

  public SequencerTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    rig = new Rig(engine);
  }

  @After
  public void close() {
    rig.close();
  }

  private Checkpoint signed(TenantId tenant) {
    return rig.proofs.key(tenant).orElseThrow().open(rig.checkpoint(tenant));
  }

  @Test
  public void shouldSignATreePerTenantThatGoesOnFromEachCheckpointToTheNext() {
    Checkpoint before = null;
    for (int batch : new int[] {1, 3, 252, 1, 600}) {
      for (int i = 0; i < batch; i++) {
        rig.log.append(ALICE, ACT);
      }
      rig.sequencer.tick();
      Checkpoint now = signed(ALICE);
      assertThat(now.origin()).isEqualTo("alice.localhost/tlog");
      if (before != null) {
        TreeView view = new TreeView(now.size(), rig.trees.tiles(ALICE));
        assertThat(now.size()).isEqualTo(before.size() + batch);
        assertThat(
                ProofCheck.consistent(
                    before.size(),
                    now.size(),
                    view.consistency(before.size()),
                    before.rootHash(),
                    now.rootHash()))
            .isTrue();
      }
      before = now;
    }
    rig.append(BOB, ACT);

    assertThat(rig.verify(ALICE).first()).isEmpty();
    assertThat(rig.verify(ALICE).whole()).isEqualTo(857);
    assertThat(signed(BOB).size()).isOne();
    assertThat(signed(BOB).origin()).isEqualTo("bob.localhost/tlog");
  }

  @Test
  public void shouldFindWhatADeadProcessLeftBehind() {
    rig.append(ALICE, ACT);
    rig.log.append(ALICE, ACT);
    rig.log.append(ALICE, ACT);
    rig.restart();

    rig.sequencer.tick();

    assertThat(signed(ALICE).size()).isEqualTo(3);
    assertThat(rig.verify(ALICE).first()).isEmpty();
  }

  @Test
  public void shouldMakeOneLeafOfAnEntryAlthoughTwoNodesTakeIt() {
    rig.append(ALICE, ACT);
    rig.log.append(ALICE, ACT);
    Sequencer other = new Sequencer(rig.writer, rig.trees, rig.store, rig.macs, rig.tenants);
    other.tick();
    rig.log.append(ALICE, ACT);
    for (int i = 0; i < 6; i++) {
      rig.sequencer.tick();
    }

    assertThat(signed(ALICE).size()).isEqualTo(3);
    assertThat(rig.sequencer.refusals()).isEmpty();
    assertThat(rig.verify(ALICE).first()).isEmpty();
  }

  @Test
  public void shouldKeepTheOrderOfManyThreadsWithoutLosingOne()
      throws InterruptedException, ExecutionException {
    Sequencer running = new Sequencer(rig.writer, rig.trees, rig.store, rig.keys, rig.tenants);
    AuditLog log = new AuditLog(rig.store, running, rig.keys, rig.db.tx(), rig.clock);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> done = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      TenantId tenant = i % 2 == 0 ? ALICE : BOB;
      done.add(
          threads.submit(
              () -> {
                for (int n = 0; n < 200; n++) {
                  log.append(tenant, ACT);
                }
              }));
    }
    for (Future<?> one : done) {
      Object unused = one.get();
    }
    threads.shutdown();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                rig.trees.find(ALICE).filter(t -> t.leaves() == 400).isPresent()
                    && rig.trees.find(BOB).filter(t -> t.leaves() == 400).isPresent());
    running.stop();

    assertThat(rig.verify(ALICE).first()).isEmpty();
    assertThat(rig.verify(BOB).first()).isEmpty();
  }

  @Test
  public void shouldSignNothingOverWhatWasChangedBehindIt() {
    rig.append(ALICE, ACT, ACT, ACT);
    rig.append(BOB, ACT);
    String before = rig.checkpoint(ALICE);
    int unused =
        rig.sql.update(
            "UPDATE audit_tile SET content = (SELECT t.content FROM audit_tile t WHERE t.tenant ="
                + " 'bob' AND t.height = 0) WHERE tenant = 'alice' AND height = 0");

    rig.append(ALICE, ACT);
    rig.append(BOB, ACT);

    assertThat(rig.checkpoint(ALICE)).isEqualTo(before);
    assertThat(rig.sequencer.refusals()).containsOnlyKeys(ALICE);
    AuditReadiness readiness = new AuditReadiness(rig.sequencer);
    assertThat(readiness.check().ready()).isFalse();
    assertThat(readiness.check().detail()).startsWith("alice: ");
    assertThat(signed(BOB).size()).isEqualTo(2);
  }

  @Test
  public void shouldGoOnOnceTheTablesAreAsTheyWere() {
    rig.append(ALICE, ACT, ACT);
    int unused = rig.sql.update("UPDATE audit_tree SET leaves = 1 WHERE tenant = 'alice'");
    rig.append(ALICE, ACT);
    assertThat(rig.sequencer.refusals()).containsOnlyKeys(ALICE);
    unused = rig.sql.update("UPDATE audit_tree SET leaves = 2 WHERE tenant = 'alice'");

    for (int i = 0; i < 6; i++) {
      rig.sequencer.tick();
    }

    assertThat(rig.sequencer.refusals()).isEmpty();
    assertThat(signed(ALICE).size()).isEqualTo(3);
    assertThat(rig.verify(ALICE).first()).isEmpty();
  }

  @Test
  public void shouldNotTakeIntoTheTreeWhatItDidNotWrite() {
    rig.append(ALICE, ACT);
    StoredEntry own = rig.newest(ALICE);
    int unused =
        rig.sql.update(
            "INSERT INTO audit_entry SELECT tenant, '"
                + own.id().substring(0, 35)
                + "g', happened_at, action, success, act_salt, actor_kind, actor, subject, owner,"
                + " peer, facts, salt, '"
                + Leaf.text(Leaf.of(own.time(), new byte[32], new byte[32]))
                + "', mac FROM audit_entry WHERE tenant = 'alice'");
    rig.restart();
    rig.sequencer.tick();

    assertThat(signed(ALICE).size()).isOne();
    assertThat(rig.sequencer.refusals()).containsOnlyKeys(ALICE);
  }

  @Test
  public void shouldNotGoOnFromAnOlderDatabaseThanItsOwnLastCheckpoint() throws IOException {
    rig.append(ALICE, ACT, ACT);
    String newer = Files.readString(rig.witness.file(ALICE));
    rig.append(BOB, ACT);
    Files.writeString(rig.witness.file(BOB), newer);

    rig.append(BOB, ACT);

    assertThat(rig.sequencer.refusals()).containsOnlyKeys(BOB);
    assertThat(rig.sequencer.refusals().get(BOB)).contains("another key");
    rig.sql.update("DELETE FROM audit_tree WHERE tenant = 'alice'");
    rig.append(ALICE, ACT);
    assertThat(rig.sequencer.refusals()).containsOnlyKeys(ALICE, BOB);
  }
}

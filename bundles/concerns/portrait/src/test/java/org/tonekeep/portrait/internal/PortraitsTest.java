package org.tonekeep.portrait.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountSettings;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.portrait.internal.jpa.PortraitStore;
import org.tonekeep.rest.api.LimitedAct;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestGate;
import org.tonekeep.testing.kit.TestLimits;
import org.tonekeep.testing.kit.TestTenants;

@RunWith(Parameterized.class)
public final class PortraitsTest {
  private static final AccountId ANN = new AccountId("01890000-0000-7000-8000-000000000001");
  private static final Peer PEER = new Peer("net", "peer-tag", "", "ZZ", true, false);

  private final TestDatabase.Engine engine;
  private final FakeVault vault = new FakeVault();
  private final TestAudit audit = new TestAudit();
  private final TestTenants tenants = new TestTenants();
  private final TestGate gate = TestGate.open();
  private final TestLimits limits = new TestLimits();
  private TestDatabase db;
  private Portraits portraits;
  private PortraitHolder holder;

  public PortraitsTest(TestDatabase.Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static TestDatabase.Engine[] engines() {
    return TestDatabase.Engine.values();
  }

  @Before
  public void open() {
    db = TestDatabase.open(engine, "portrait");
    PortraitStore store = new PortraitStore(db.unit("portrait"));
    portraits =
        new Portraits(
            tenants,
            gate,
            limits,
            store,
            new Workshop(),
            vault,
            audit,
            db.tx(),
            TestClock.standing());
    holder = new PortraitHolder(store, vault, db.tx());
  }

  @After
  public void close() {
    db.close();
  }

  private static Caller ann(TenantId tenant) {
    return new Caller(tenant, ANN, Set.of(Role.ARTIST), "session");
  }

  @Test
  public void shouldKeepOneImagePerAccountAndTenant() throws IOException {
    Caller alice = ann(TestTenants.ALICE);
    Caller bob = ann(TestTenants.BOB);
    Portraits.Held first = portraits.set(alice, Pictures.jpeg(64, 32), PEER);
    assertThat(portraits.find(alice)).contains(first);
    assertThat(portraits.find(bob)).isEmpty();
    Portraits.Held others = portraits.set(bob, Pictures.jpeg(10, 10), PEER);
    Portraits.Held second = portraits.set(alice, Pictures.jpeg(32, 64), PEER);
    assertThat(portraits.find(alice)).contains(second);
    assertThat(second.portrait().height()).isEqualTo(64);
    assertThat(vault.discarded).containsExactly(first.blob().key());
    assertThat(vault.bytes).containsOnlyKeys(others.blob().key(), second.blob().key());
    portraits.remove(alice, PEER);
    portraits.remove(alice, PEER);
    assertThat(portraits.find(alice)).isEmpty();
    assertThat(portraits.find(bob)).contains(others);
    assertThat(audit.actions(TestTenants.ALICE))
        .containsExactly("portrait.set", "portrait.set", "portrait.remove");
  }

  @Test
  public void shouldKeepOneOfManyFirstImagesOfTheSameMoment() throws Exception {
    Caller alice = ann(TestTenants.ALICE);
    byte[] jpeg = Pictures.jpeg(8, 8);
    int many = 4;
    CyclicBarrier together = new CyclicBarrier(many);
    ExecutorService pool = Executors.newFixedThreadPool(many);
    try {
      List<Callable<Portraits.Held>> calls =
          Collections.nCopies(
              many,
              () -> {
                int unused = together.await(60, TimeUnit.SECONDS);
                return portraits.set(alice, jpeg, PEER);
              });
      for (Future<Portraits.Held> set : pool.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        assertThat(set.get().portrait().width()).isEqualTo(8);
      }
    } finally {
      pool.shutdownNow();
    }

    Portraits.Held left = portraits.find(alice).orElseThrow();
    assertThat(vault.bytes).containsOnlyKeys(left.blob().key());
    assertThat(vault.discarded).hasSize(many - 1);
  }

  @Test
  public void shouldLeaveNoBytesWhenTheTransactionFails() throws IOException {
    Caller alice = ann(TestTenants.ALICE);
    Portraits.Held first = portraits.set(alice, Pictures.jpeg(64, 32), PEER);
    vault.failing = true;
    byte[] jpeg = Pictures.jpeg(8, 8);
    assertThatThrownBy(() -> portraits.set(alice, jpeg, PEER))
        .isInstanceOf(IllegalStateException.class);
    assertThat(vault.bytes).containsOnlyKeys(first.blob().key());
    assertThat(portraits.find(alice)).contains(first);
  }

  @Test
  public void shouldKeepNothingOfARefusedImage() {
    assertThatThrownBy(() -> portraits.set(ann(TestTenants.ALICE), new byte[20], PEER))
        .isInstanceOf(ProblemException.class);
    assertThat(vault.bytes).isEmpty();
  }

  @Test
  public void shouldExportAndEraseOneAccountOfOneTenant() throws IOException {
    Portraits.Held held = portraits.set(ann(TestTenants.ALICE), Pictures.jpeg(64, 32), PEER);
    Portraits.Held others = portraits.set(ann(TestTenants.BOB), Pictures.jpeg(64, 32), PEER);
    assertThat(holder.export(TestTenants.ALICE, ANN).get("portrait"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsEntry("blob", held.blob().key().id()));
    holder.erase(TestTenants.ALICE, ANN);
    assertThat(holder.export(TestTenants.ALICE, ANN).get("portrait")).isEmpty();
    assertThat(vault.bytes).containsOnlyKeys(others.blob().key());
    assertThat(portraits.find(ann(TestTenants.BOB))).contains(others);
  }

  @Test
  public void shouldTakeNoImageWhereTheSiteKeepsNone() {
    tenants.set(TestTenants.BOB, AccountSettings.FIELDS, "displayName");
    assertThatThrownBy(() -> portraits.admit(ann(TestTenants.BOB), PEER))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("keeps no profile images");
    assertThat(limits.taken()).isEmpty();
    portraits.admit(ann(TestTenants.ALICE), PEER);
  }

  @Test
  public void shouldTakeNoUploadWhileAPromiseIsUnkeptOrTheLimitIsReached() {
    Caller alice = ann(TestTenants.ALICE);
    portraits.admit(alice, PEER);
    assertThat(limits.taken()).hasSize(1);
    limits.exhaust(LimitedAct.UPLOAD);
    assertThatThrownBy(() -> portraits.admit(alice, PEER)).isInstanceOf(ProblemException.class);
    gate.stopKeeperOf(Act.INTAKE);
    assertThatThrownBy(() -> portraits.admit(alice, PEER))
        .isInstanceOf(PromiseUnkeptException.class);
  }
}

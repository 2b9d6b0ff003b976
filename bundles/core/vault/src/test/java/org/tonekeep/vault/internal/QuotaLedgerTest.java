package org.tonekeep.vault.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.vault.internal.TestVault.ALICE;
import static org.tonekeep.vault.internal.TestVault.BOB;
import static org.tonekeep.vault.internal.TestVault.OTHER;
import static org.tonekeep.vault.internal.TestVault.OWNER;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.storage.api.QuotaExceededException.What;
import org.tonekeep.storage.api.Quotas.Usage;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.vault.internal.jpa.UsageStore;

@RunWith(Parameterized.class)
public final class QuotaLedgerTest {
  private static final byte[] WAV = MadeAudio.wav(10_000 - 44);
  private static final AccountId ACCOUNT = new AccountId(OWNER);

  @Parameterized.Parameters(name = "{0}")
  public static Object[] engines() {
    return TestDatabase.Engine.values();
  }

  private final TestDatabase.Engine engine;
  private TestVault site;

  public QuotaLedgerTest(TestDatabase.Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    site = new TestVault(engine);
  }

  @After
  public void close() {
    site.close();
  }

  private void configure(String... settings) {
    Map<String, String> values = new java.util.HashMap<>(Map.of("storage.adapter", "memory"));
    for (int i = 0; i < settings.length; i += 2) {
      values.put(settings[i], settings[i + 1]);
    }
    site.sites.set(ALICE, false, values);
  }

  private void assertExceeded(What what, long used, long limit, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            QuotaExceededException.class,
            e -> {
              assertThat(e.what()).isEqualTo(what);
              assertThat(e.used()).isEqualTo(used);
              assertThat(e.limit()).isEqualTo(limit);
            });
  }

  private Counted counted(TenantId tenant, String owner) {
    return new UsageStore(site.database.unit("vault")).find(tenant, owner).orElse(Counted.NOTHING);
  }

  @Test
  public void shouldCountUploadsOfEachAccountAndForgetThemWithTheBlob() throws IOException {
    Blob first = site.recorded(ALICE, WAV);
    Blob second = site.recorded(ALICE, WAV);
    Blob bobs = site.recorded(BOB, WAV);
    Blob peaks =
        site.vault.store(ALICE, OWNER, "peaks", "x/y", new ByteArrayInputStream(new byte[99]));
    site.vault.record(ALICE, peaks);
    assertThat(site.quotas.usage(ALICE, OWNER))
        .isEqualTo(new Usage(20_000, Usage.UNLIMITED, 2, Usage.UNLIMITED));
    site.vault.discard(ALICE, first.key());
    site.vault.discard(ALICE, first.key());
    site.vault.discard(ALICE, bobs.key());
    assertThat(counted(ALICE, OWNER)).isEqualTo(new Counted(10_000, 1, 0, 0, null, null));
    assertThat(counted(ALICE, UsageStore.SITE).bytes()).isEqualTo(10_000);
    assertThat(counted(BOB, OWNER).bytes()).isEqualTo(10_000);
    site.vault.discard(ALICE, second.key());
    assertThat(site.quotas.usage(ALICE, OWNER).bytes()).isZero();
    assertThat(site.quotas.usage(ALICE, OTHER).bytes()).isZero();
  }

  @Test
  public void shouldRefuseWhileTheBytesComeAndLeaveNothing() throws IOException {
    configure("quota.accountBytes", "15000");
    Blob unused = site.recorded(ALICE, WAV);
    assertExceeded(What.BYTES, 10_000, 15_000, () -> site.receive(ALICE, WAV));
    assertThat(site.memory.list(ALICE, "", "", 10)).hasSize(1);
    assertThat(site.receive(ALICE, MadeAudio.wav(5_000 - 44)).length()).isEqualTo(5_000);
  }

  @Test
  public void shouldRefuseATrackMoreThanThePlanHas() throws IOException {
    configure("quota.accountTracks", "1, studio=2, label=none");
    Blob unused = site.recorded(ALICE, WAV);
    assertExceeded(What.TRACKS, 1, 1, () -> site.receive(ALICE, WAV));
    site.plans.set(OWNER, "studio");
    Blob second = site.recorded(ALICE, WAV);
    assertThat(second.length()).isEqualTo(10_000);
    assertExceeded(What.TRACKS, 2, 2, () -> site.quotas.require(ALICE, OWNER, 0));
    site.plans.set(OWNER, "label");
    site.quotas.require(ALICE, OWNER, 0);
  }

  @Test
  public void shouldRefuseWhatTheSiteHasNoRoomForWithoutSayingHowMuchOthersHave()
      throws IOException {
    configure("quota.tenantBytes", "15000");
    Blob unused = site.recorded(ALICE, WAV);
    assertExceeded(What.SITE, 0, 15_000, () -> site.quotas.require(ALICE, OTHER, 5_001));
    site.quotas.require(ALICE, OTHER, 5_000);
    site.quotas.require(BOB, OTHER, 5_001);
  }

  @Test
  public void shouldPreferTheOperatorsLimitOfAnAccount() throws IOException {
    configure("quota.accountBytes", "1KiB", "quota.accountTracks", "0");
    assertExceeded(What.TRACKS, 0, 0, () -> site.receive(ALICE, WAV));
    site.quotas.limit(ALICE, ACCOUNT, Usage.UNLIMITED, 1L);
    Blob unused = site.recorded(ALICE, WAV);
    assertThat(site.quotas.usage(ALICE, OWNER)).isEqualTo(new Usage(10_000, Usage.UNLIMITED, 1, 1));
    site.quotas.limit(ALICE, ACCOUNT, null, null);
    assertThat(site.quotas.usage(ALICE, OWNER)).isEqualTo(new Usage(10_000, 1024, 1, 0));
  }

  @Test
  public void shouldKeepReservedRoomForWhoReservedIt() throws IOException {
    configure("quota.accountBytes", "25000");
    site.quotas.reserve(ALICE, OWNER, 10_000, 1);
    Blob unused = site.recorded(ALICE, WAV);
    assertExceeded(What.BYTES, 20_000, 25_000, () -> site.receive(ALICE, WAV));
    assertExceeded(What.BYTES, 20_000, 25_000, () -> site.quotas.reserve(ALICE, OWNER, 5_001, 1));
    Blob reserved = site.vault.receiveReserved(ALICE, OWNER, new ByteArrayInputStream(WAV));
    assertThatThrownBy(() -> site.vault.record(ALICE, reserved))
        .isInstanceOf(QuotaExceededException.class);
    site.database
        .tx()
        .run(
            ALICE,
            () -> {
              site.quotas.release(ALICE, OWNER, 10_000, 1);
              site.vault.record(ALICE, reserved);
            });
    assertThat(counted(ALICE, OWNER)).isEqualTo(new Counted(20_000, 2, 0, 0, null, null));
    assertThat(counted(ALICE, UsageStore.SITE)).isEqualTo(new Counted(20_000, 2, 0, 0, null, null));
  }

  @Test
  public void shouldNeverExceedHoweverManyUploadsEndAtOnce() throws Exception {
    configure("quota.accountBytes", "55000");
    List<Blob> received = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      received.add(site.receive(ALICE, WAV));
    }
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<Boolean>> recorded = new ArrayList<>();
    try {
      for (Blob blob : received) {
        recorded.add(
            threads.submit(
                () -> {
                  assertThat(start.await(10, TimeUnit.SECONDS)).isTrue();
                  try {
                    site.vault.record(ALICE, blob);
                    return true;
                  } catch (QuotaExceededException e) {
                    return false;
                  }
                }));
      }
      start.countDown();
      int kept = 0;
      for (Future<Boolean> one : recorded) {
        kept += one.get(60, TimeUnit.SECONDS) ? 1 : 0;
      }
      assertThat(kept).isEqualTo(5);
    } finally {
      threads.shutdownNow();
    }
    assertThat(site.rows.ofOwner(ALICE, OWNER)).hasSize(5);
    assertThat(counted(ALICE, OWNER).bytes()).isEqualTo(50_000);
  }

  @Test
  public void shouldForgetTheCountersOfWhoIsErased() throws IOException {
    Blob unused = site.recorded(ALICE, WAV);
    site.quotas.limit(ALICE, ACCOUNT, 1L << 20, null);
    site.quotas.reserve(ALICE, OWNER, 500, 1);
    VaultHolder holder = new VaultHolder(site.rows, site.vault, site.accesses, site.quotas);
    site.database.tx().run(ALICE, () -> holder.erase(ALICE, ACCOUNT));
    assertThat(counted(ALICE, OWNER)).isEqualTo(Counted.NOTHING);
    site.quotas.release(ALICE, OWNER, 500, 1);
    assertThat(counted(ALICE, OWNER)).isEqualTo(Counted.NOTHING);
    assertThat(counted(ALICE, UsageStore.SITE)).isEqualTo(Counted.NOTHING);
  }

  @Test
  public void shouldLetTheOperatorSetEachLimitAloneAndKeepATrace() {
    configure("quota.accountBytes", "1KiB", "quota.accountTracks", "7");
    TestAudit audit = new TestAudit();
    QuotaAdministration desk =
        new QuotaAdministration(
            site.quotas,
            new UsageStore(site.database.unit("vault")),
            site.plans.accounts,
            audit,
            site.database.tx());
    assertThatThrownBy(() -> desk.set(ALICE, OWNER, "1", null)).hasMessageContaining("no such");
    site.plans.set(OWNER, "free");
    desk.set(ALICE, OWNER, "5GiB", null);
    desk.set(ALICE, OWNER, null, "none");
    assertThat(desk.show(ALICE, OWNER)).isEqualTo(new Usage(0, 5L << 30, 0, Usage.UNLIMITED));
    desk.set(ALICE, OWNER, "default", "0");
    assertThat(desk.show(ALICE, OWNER)).isEqualTo(new Usage(0, 1024, 0, 0));
    assertThat(desk.show(BOB, OWNER).maxTracks()).isEqualTo(Usage.UNLIMITED);
    for (String wrong : List.of("many", "-1", "")) {
      assertThatThrownBy(() -> desk.set(ALICE, OWNER, null, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> desk.set(ALICE, OWNER, null, null)).hasMessageContaining("--bytes");
    assertThat(audit.actions(ALICE)).containsExactly("quota.set", "quota.set", "quota.set");
    assertThat(audit.kept().get(0).entry().facts())
        .isEqualTo(Map.of("bytes", "5GiB", "tracks", "same"));
  }

  @Test
  public void shouldReadLimitsOfPlans() {
    Allowance allowance = VaultKeys.ACCOUNT_BYTES.parse("10GiB, studio = 200GiB, label=none");
    assertThat(allowance.of("free")).isEqualTo(10L << 30);
    assertThat(allowance.of("studio")).isEqualTo(200L << 30);
    assertThat(allowance.of("label")).isEqualTo(Usage.UNLIMITED);
    assertThat(VaultKeys.ACCOUNT_TRACKS.parse("none").of("free")).isEqualTo(Usage.UNLIMITED);
    for (String wrong : List.of("", "1,2", "a=1,a=2", "=1", "many", "-1", "studio=", "1GB")) {
      assertThatThrownBy(() -> VaultKeys.ACCOUNT_TRACKS.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected");
      assertThatThrownBy(() -> VaultKeys.ACCOUNT_BYTES.parse(wrong.isEmpty() ? "x" : wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

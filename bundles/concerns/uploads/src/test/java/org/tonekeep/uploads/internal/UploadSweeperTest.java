package org.tonekeep.uploads.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.uploads.internal.Desk.ALICE;
import static org.tonekeep.uploads.internal.Desk.ANN;
import static org.tonekeep.uploads.internal.Desk.BOB;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.rest.api.Peer;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase;

@RunWith(Parameterized.class)
public final class UploadSweeperTest {
  private static final byte[] SONG = "RIFF and so on".getBytes(UTF_8);

  @Parameterized.Parameters(name = "{0}")
  public static Object[] engines() {
    return TestDatabase.Engine.values();
  }

  private final TestDatabase.Engine engine;
  private Desk desk;
  private UploadSweeper sweeper;

  public UploadSweeperTest(TestDatabase.Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    desk = new Desk(engine);
    sweeper = desk.sweeper();
  }

  @After
  public void close() {
    sweeper.stop();
    desk.close();
  }

  private Upload begin(TenantId tenant, @Nullable Long total) {
    Caller caller = new Caller(tenant, ANN, Set.of(Role.ARTIST), "session-1");
    String name = Base64.getEncoder().encodeToString("Night.wav".getBytes(UTF_8));
    return desk.uploads.begin(caller, total, Metadata.parse("filename " + name), Peer.unknown());
  }

  private Upload append(Upload upload, byte[] bytes) throws IOException {
    try (Turns.Turn turn = desk.turns.take(upload.tenant(), upload.id())) {
      return desk.uploads.append(upload, new Arriving(new ByteArrayInputStream(bytes), turn, null));
    }
  }

  @Test
  public void shouldRemoveWhatWasNotFinishedInTime() throws IOException {
    desk.tenants.set(BOB, UploadsFeature.KEEP, "PT60M");
    Upload alices = append(begin(ALICE, 100L), SONG);
    Upload bobs = append(begin(BOB, null), SONG);
    sweeper.sweep();
    assertThat(desk.vault.bytes).hasSize(2);
    desk.tenants.suspend(BOB);
    desk.clock.advance(Duration.ofMinutes(60));
    assertThat(desk.uploads.find(BOB, ANN, bobs.id())).as("before the sweep").isEmpty();
    sweeper.sweep();
    assertThat(desk.store.find(BOB, bobs.id())).isEmpty();
    assertThat(desk.store.find(ALICE, alices.id())).isPresent();
    assertThat(desk.vault.bytes).hasSize(1);
    assertThat(desk.quotas.usage(BOB, ANN.value()).bytes()).isZero();
    assertThat(desk.audit.actions(BOB)).containsExactly("upload.begin", "upload.expire");
    desk.clock.advance(Duration.ofDays(1));
    sweeper.sweep();
    assertThat(desk.store.find(ALICE, alices.id())).isEmpty();
    assertThat(desk.vault.bytes).isEmpty();
    assertThat(desk.vault.recorded).isEmpty();
  }

  @Test
  public void shouldFinishWhatWasAllHereWhenSomebodyWasKilled() throws IOException {
    Upload killed = append(begin(ALICE, (long) SONG.length), SONG);
    Upload busy = append(begin(ALICE, (long) SONG.length), SONG);
    try (Turns.Turn turn = desk.turns.take(ALICE, busy.id())) {
      sweeper.sweep();
      assertThat(turn).isNotNull();
    }
    assertThat(desk.tracks).hasSize(1);
    assertThat(desk.tracks.get(0).title()).isEqualTo("Night.wav");
    assertThat(desk.store.find(ALICE, killed.id()).orElseThrow().track()).isNotNull();
    assertThat(desk.store.find(ALICE, busy.id()).orElseThrow().track()).isNull();
    sweeper.sweep();
    sweeper.sweep();
    assertThat(desk.tracks).hasSize(2);
    desk.clock.advance(Duration.ofDays(1));
    sweeper.sweep();
    assertThat(desk.store.find(ALICE, killed.id())).isEmpty();
    assertThat(desk.original(desk.tracks.get(0))).as("the track stays").isEqualTo(SONG);
  }

  @Test
  public void shouldMakeOneTrackWhenTwoNodesFinish() throws IOException {
    Upload complete = append(begin(ALICE, (long) SONG.length), SONG);
    Upload first = desk.finish.finish(complete);
    Upload second = desk.finish.finish(complete);
    assertThat(second.track()).isEqualTo(first.track());
    assertThat(desk.tracks).hasSize(1);
    assertThat(desk.vault.bytes).hasSize(1);
  }

  @Test
  public void shouldRefuseToGoOnWhereAnotherNodeWentOn() throws IOException {
    Upload seen = begin(ALICE, 100L);
    Upload ahead = append(seen, SONG);
    assertThatThrownBy(() -> append(seen, SONG))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.code()).isEqualTo("offset-conflict");
              assertThat(e.headers()).containsEntry("Upload-Offset", "14");
            });
    assertThat(desk.vault.bytes).as("the loser's bytes are gone").hasSize(1);
    assertThat(append(ahead, SONG).received()).isEqualTo(28);
  }

  @Test
  public void shouldLimitHowManyAreUnderWay() {
    desk.tenants.set(ALICE, UploadsFeature.MOST, "2");
    Upload first = begin(ALICE, 10L);
    Upload unused = begin(ALICE, 10L);
    assertThatThrownBy(() -> begin(ALICE, 10L)).isInstanceOf(QuotaExceededException.class);
    assertThat(begin(BOB, 10L).received()).isZero();
    desk.uploads.remove(first, org.tonekeep.audit.api.Actor.account(ANN), "upload.remove", "");
    assertThat(begin(ALICE, 10L).received()).isZero();
  }

  @Test
  public void shouldTakeNothingWhileAPromiseIsNotKept() throws IOException {
    Upload upload = begin(ALICE, 100L);
    desk.gate.stopKeeperOf(Act.INTAKE);
    assertThatThrownBy(() -> begin(ALICE, 10L)).isInstanceOf(PromiseUnkeptException.class);
    assertThatThrownBy(() -> append(upload, SONG)).isInstanceOf(PromiseUnkeptException.class);
    assertThat(desk.vault.bytes).isEmpty();
  }

  @Test
  public void shouldExportAndEraseWhatIsAnAccounts() throws IOException {
    Upload half = append(begin(ALICE, 100L), SONG);
    Upload bobs = append(begin(BOB, 100L), SONG);
    UploadsHolder holder = new UploadsHolder(desk.store, desk.uploads);
    List<Map<String, Object>> rows = holder.export(ALICE, ANN).get("upload");
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0))
        .containsEntry("id", half.id())
        .containsEntry("receivedBytes", 14L)
        .containsEntry("totalBytes", 100L)
        .containsEntry("metadata", Map.of("filename", "Night.wav"));
    assertThat(desk.store.find(ALICE, half.id()).orElseThrow().metadata())
        .as("sealed")
        .doesNotContain("filename");
    desk.keys.destroy(ALICE, ANN.value());
    holder.erase(ALICE, ANN);
    holder.erase(ALICE, ANN);
    assertThat(desk.store.find(ALICE, half.id())).isEmpty();
    assertThat(desk.store.find(BOB, bobs.id())).isPresent();
    assertThat(desk.vault.bytes).hasSize(1);
  }
}

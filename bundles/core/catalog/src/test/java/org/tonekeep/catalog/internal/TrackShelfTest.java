package org.tonekeep.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.catalog.internal.Shelf.ALICE;
import static org.tonekeep.catalog.internal.Shelf.ANN;
import static org.tonekeep.catalog.internal.Shelf.BEN;
import static org.tonekeep.catalog.internal.Shelf.BOB;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackListener;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.catalog.api.TrackTexts;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.jobs.api.Job;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

@RunWith(Parameterized.class)
public final class TrackShelfTest {
  private final Engine engine;
  private Shelf shelf;

  public TrackShelfTest(Engine engine) {
    this.engine = engine;
  }

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  @Before
  public void open() {
    shelf = new Shelf(engine);
  }

  @After
  public void close() {
    shelf.close();
  }

  private Blob blob(TenantId tenant, AccountId owner) throws IOException {
    return shelf.vault.receiveAudio(
        tenant, owner.value(), new ByteArrayInputStream(new byte[] {1, 2, 3}));
  }

  private Track put(TenantId tenant, AccountId owner) throws IOException {
    return shelf.shelf.put(
        tenant, owner, blob(tenant, owner), new TrackTexts("A title", "", ""), Shelf.BY_ANN);
  }

  @Test
  public void shouldKeepATrackWithTheJobsOfTheTenantsFeatures() throws Exception {
    Track track = put(ALICE, ANN);
    assertThat(shelf.catalog.find(ALICE, track.id())).contains(track);
    assertThat(track.state()).isEqualTo(TrackState.UPLOADED);
    assertThat(track.format()).isEqualTo("mp3");
    assertThat(shelf.vault.recorded).containsKey(track.original());
    assertThat(shelf.jobs.all).hasSize(1);
    Job job = shelf.jobs.all.get(0);
    assertThat(job.request().kind()).isEqualTo("analysis.track");
    assertThat(job.request().subject()).isEqualTo(track.id().value());
    assertThat(job.request().owner()).isEqualTo(ANN.value());
  }

  @Test
  public void shouldBeReadyAtOnceWhenNothingProcessesTracks() throws Exception {
    assertThat(put(BOB, ANN).state()).isEqualTo(TrackState.READY);
    assertThat(shelf.jobs.all).isEmpty();
  }

  @Test
  public void shouldLeaveNothingWhenAJobCannotBeEnqueued() throws Exception {
    shelf.jobs.refusal = new IllegalStateException("no room");
    assertThatThrownBy(() -> put(ALICE, ANN)).hasMessage("no room");
    assertThat(shelf.store.ofOwner(ALICE, ANN, "", 10)).isEmpty();
    assertThat(shelf.vault.received).as("the bytes were abandoned").isEmpty();
  }

  @Test
  public void shouldShowATrackToItsOwnerAndTenantOnly() throws Exception {
    Track track = put(ALICE, ANN);
    assertThat(shelf.catalog.findOwned(ALICE, ANN, track.id())).isPresent();
    assertThat(shelf.catalog.findOwned(ALICE, BEN, track.id())).isEmpty();
    assertThat(shelf.catalog.find(BOB, track.id())).isEmpty();
    assertThat(shelf.shelf.anywhere(BOB, ANN, track.id())).isEmpty();
    shelf.catalog.failed(BOB, track.id(), "not yours");
    assertThat(shelf.store.delete(BOB, track.id())).isFalse();
    assertThat(shelf.catalog.find(ALICE, track.id())).contains(track);
  }

  @Test
  public void shouldRecordWhatProcessorsFind() throws Exception {
    Track track = put(ALICE, ANN);
    shelf.catalog.analysing(ALICE, track.id());
    assertThat(shelf.catalog.find(ALICE, track.id()).orElseThrow().state())
        .isEqualTo(TrackState.ANALYSING);
    shelf.catalog.failed(ALICE, track.id(), "There is no audio in it");
    Track failed = shelf.catalog.find(ALICE, track.id()).orElseThrow();
    assertThat(failed.state()).isEqualTo(TrackState.FAILED);
    assertThat(failed.failure()).isEqualTo("There is no audio in it");
    shelf.catalog.measured(ALICE, track.id(), 12.5, 44_100, 2);
    shelf.catalog.ready(ALICE, track.id());
    Track ready = shelf.catalog.find(ALICE, track.id()).orElseThrow();
    assertThat(ready.state()).isEqualTo(TrackState.READY);
    assertThat(ready.failure()).isNull();
    assertThat(ready.durationSeconds()).isEqualTo(12.5);
    assertThat(ready.sampleRate()).isEqualTo(44_100);
    assertThat(ready.channels()).isEqualTo(2);
  }

  @Test
  public void shouldKeepTheTrashForItsTimeAndThenForgetEverything() throws Exception {
    List<String> purged = new ArrayList<>();
    shelf.listeners.bind(
        listener(
            (tenant, track) -> {
              purged.add(tenant + " " + track);
            }));
    Track track = put(ALICE, ANN);
    shelf.shelf.delete(track, Shelf.BY_ANN);
    assertThat(shelf.catalog.find(ALICE, track.id())).isEmpty();
    Track trashed = shelf.shelf.anywhere(ALICE, ANN, track.id()).orElseThrow();
    assertThat(trashed.purgeAt()).isEqualTo(shelf.clock.instant().plus(Duration.ofDays(7)));
    shelf.clock.advance(Duration.ofDays(7).minusMillis(1));
    assertThat(shelf.catalog.purgeTrash(ALICE, shelf.clock.instant())).isZero();
    shelf.clock.advance(Duration.ofMillis(1));
    assertThat(shelf.catalog.purgeTrash(BOB, shelf.clock.instant())).isZero();
    assertThat(shelf.catalog.purgeTrash(ALICE, shelf.clock.instant())).isEqualTo(1);
    assertThat(shelf.shelf.anywhere(ALICE, ANN, track.id())).isEmpty();
    assertThat(shelf.vault.recorded).isEmpty();
    assertThat(shelf.jobs.all).isEmpty();
    assertThat(purged).containsExactly("alice " + track.id());
  }

  @Test
  public void shouldRemoveAtOnceWhereThereIsNoTrash() throws Exception {
    Track track = put(BOB, ANN);
    shelf.shelf.delete(track, Shelf.BY_ANN);
    assertThat(shelf.shelf.anywhere(BOB, ANN, track.id())).isEmpty();
    assertThat(shelf.vault.recorded).isEmpty();
  }

  @Test
  public void shouldRestoreATrackAndBeginItsProcessingAgain() throws Exception {
    Track track = put(ALICE, ANN);
    shelf.shelf.delete(track, Shelf.BY_ANN);
    shelf.jobs.all.clear(); // the job saw no track and ended
    Track trashed = shelf.shelf.anywhere(ALICE, ANN, track.id()).orElseThrow();
    assertThat(shelf.shelf.restore(trashed, Shelf.BY_ANN)).isTrue();
    assertThat(shelf.catalog.find(ALICE, track.id())).contains(track);
    assertThat(shelf.jobs.all).hasSize(1);
    assertThat(shelf.shelf.restore(trashed, Shelf.BY_ANN)).as("it is there").isTrue();
    assertThat(shelf.jobs.all).as("not twice").hasSize(1);
  }

  @Test
  public void shouldNotTrustAJobThatMayHaveMetTheTrackInTheTrash() throws Exception {
    Track track = put(ALICE, ANN);
    shelf.catalog.analysing(ALICE, track.id());
    shelf.shelf.delete(track, Shelf.BY_ANN);
    shelf.shelf.restore(track, Shelf.BY_ANN); // its job runs and is about to end without a word
    assertThat(shelf.jobs.all).hasSize(2);
    assertThat(shelf.catalog.find(ALICE, track.id()).orElseThrow().state())
        .isEqualTo(TrackState.UPLOADED);
  }

  @Test
  public void shouldProcessAFailedTrackAgainAndLeaveAReadyOneAlone() throws Exception {
    Track failed = put(ALICE, ANN);
    shelf.catalog.failed(ALICE, failed.id(), "The analysis was cancelled");
    Track ready = put(ALICE, ANN);
    shelf.catalog.ready(ALICE, ready.id());
    shelf.jobs.all.clear();
    for (Track track : List.of(failed, ready)) {
      shelf.shelf.delete(track, Shelf.BY_ANN);
      shelf.shelf.restore(track, Shelf.BY_ANN);
    }
    assertThat(shelf.jobs.all)
        .extracting(j -> j.request().subject())
        .containsExactly(failed.id().value());
    Track again = shelf.catalog.find(ALICE, failed.id()).orElseThrow();
    assertThat(again.state()).isEqualTo(TrackState.UPLOADED);
    assertThat(again.failure()).isNull();
    assertThat(shelf.catalog.find(ALICE, ready.id()).orElseThrow().state())
        .isEqualTo(TrackState.READY);
  }

  @Test
  public void shouldNeverPurgeATrackThatIsTakenBackAtTheLastMoment() throws Exception {
    List<String> purged = new ArrayList<>();
    shelf.listeners.bind(listener((tenant, track) -> purged.add(track.value())));
    Track track = put(ALICE, ANN);
    shelf.shelf.delete(track, Shelf.BY_ANN);
    shelf.clock.advance(Duration.ofDays(7));
    // The purge has found the track overdue and has begun; its owner is quicker.
    shelf.jobs.meanwhile =
        () -> {
          shelf.jobs.meanwhile = () -> {};
          assertThat(
                  CompletableFuture.supplyAsync(() -> shelf.shelf.restore(track, Shelf.BY_ANN))
                      .join())
              .isTrue();
        };
    assertThat(shelf.catalog.purgeTrash(ALICE, shelf.clock.instant())).isZero();
    assertThat(shelf.catalog.find(ALICE, track.id())).isPresent();
    assertThat(shelf.vault.recorded).containsKey(track.original());
    assertThat(purged).isEmpty();
    assertThat(shelf.catalog.purgeTrash(ALICE, shelf.clock.instant())).isZero();
  }

  @Test
  public void shouldSayThatAPurgedTrackCannotComeBack() throws Exception {
    Track track = put(ALICE, ANN);
    shelf.shelf.delete(track, Shelf.BY_ANN);
    assertThat(shelf.catalog.exists(ALICE, track.id())).as("in the trash").isTrue();
    assertThat(shelf.catalog.exists(BOB, track.id())).isFalse();
    shelf.clock.advance(Duration.ofDays(7));
    assertThat(shelf.catalog.purgeTrash(ALICE, shelf.clock.instant())).isEqualTo(1);
    shelf.jobs.all.clear();
    assertThat(shelf.shelf.restore(track, Shelf.BY_ANN)).isFalse();
    assertThat(shelf.jobs.all).isEmpty();
    assertThat(shelf.catalog.exists(ALICE, track.id())).isFalse();
  }

  @Test
  public void shouldPurgeTheOthersWhenOneTrackIsStuck() throws Exception {
    Track stuck = put(ALICE, ANN);
    shelf.shelf.delete(stuck, Shelf.BY_ANN);
    shelf.clock.advance(Duration.ofMillis(1));
    shelf.listeners.bind(
        listener(
            (tenant, track) -> {
              if (track.equals(stuck.id())) {
                throw new IllegalStateException("the peaks are stuck");
              }
            }));
    for (int i = 0; i < 101; i++) {
      shelf.shelf.delete(put(ALICE, ANN), Shelf.BY_ANN);
    }
    shelf.clock.advance(Duration.ofDays(7));
    assertThatThrownBy(() -> shelf.catalog.purgeTrash(ALICE, shelf.clock.instant()))
        .hasMessage("the peaks are stuck");
    assertThat(shelf.store.ofOwner(ALICE, ANN, "", 10))
        .extracting(Track::id)
        .containsExactly(stuck.id());
  }

  @Test
  public void shouldNotForgetTheTrackWhenAListenerFails() throws Exception {
    shelf.listeners.bind(
        listener(
            (tenant, track) -> {
              throw new IllegalStateException("the peaks are stuck");
            }));
    Track track = put(ALICE, ANN);
    assertThatThrownBy(() -> shelf.shelf.purge(track, Shelf.BY_ANN))
        .hasMessage("the peaks are stuck");
    assertThat(shelf.catalog.find(ALICE, track.id())).contains(track);
  }

  @Test
  public void shouldExportAndEraseAllTracksOfOneAccount() throws Exception {
    Track own = put(ALICE, ANN);
    Track trashed = put(ALICE, ANN);
    shelf.shelf.delete(trashed, Shelf.BY_ANN);
    Track neighbours = put(ALICE, BEN);
    Track namesakes = put(BOB, ANN);
    CatalogData data = new CatalogData(shelf.store, shelf.shelf, shelf.db.tx());
    assertThat(data.export(ALICE, ANN).get("track"))
        .extracting(row -> row.get("id"))
        .containsExactlyInAnyOrder(own.id().value(), trashed.id().value());
    data.erase(ALICE, ANN);
    data.erase(ALICE, ANN);
    assertThat(data.export(ALICE, ANN).get("track")).isEmpty();
    assertThat(shelf.vault.recorded).containsOnlyKeys(neighbours.original(), namesakes.original());
    assertThat(shelf.catalog.find(ALICE, neighbours.id())).isPresent();
    assertThat(shelf.catalog.find(BOB, namesakes.id())).isPresent();
  }

  private static ComponentServiceObjects<TrackListener> listener(TrackListener listener) {
    return new ComponentServiceObjects<>() {
      @Override
      public TrackListener getService() {
        return listener;
      }

      @Override
      public void ungetService(TrackListener service) {
        assertThat(service).isSameAs(listener);
      }

      @Override
      @SuppressWarnings("unchecked") // a proxy of a generic interface
      public ServiceReference<TrackListener> getServiceReference() {
        return (ServiceReference<TrackListener>)
            Proxy.newProxyInstance(
                TrackShelfTest.class.getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, args) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
      }
    };
  }

  @Test
  public void shouldWriteDownWhoDidWhatToATrackOnceEach() throws IOException {
    Track kept = put(ALICE, ANN);
    shelf.shelf.delete(kept, Shelf.BY_ANN);
    assertThat(shelf.shelf.restore(kept, Shelf.BY_ANN)).isTrue();
    shelf.shelf.purge(kept, Shelf.BY_ANN);
    shelf.shelf.purge(kept, Shelf.BY_ANN);
    Track overdue = put(ALICE, ANN);
    shelf.shelf.delete(overdue, Shelf.BY_ANN);
    shelf.clock.advance(Duration.ofDays(8));
    assertThat(shelf.shelf.purgeOverdue(ALICE, shelf.clock.instant())).isOne();
    Track last = put(ALICE, ANN);
    shelf.shelf.purgeAll(ALICE, ANN);

    assertThat(shelf.audit.actions(ALICE))
        .containsExactly(
            "track.upload",
            "track.trash",
            "track.restore",
            "track.purge",
            "track.upload",
            "track.trash",
            "track.purge",
            "track.upload",
            "track.purge");
    assertThat(shelf.audit.kept().get(0).entry())
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo(Shelf.BY_ANN.actor());
              assertThat(entry.peer()).isEqualTo("net");
              assertThat(entry.owner()).contains(ANN);
              assertThat(entry.facts()).containsEntry("blob", kept.original().id());
            });
    assertThat(shelf.audit.kept().get(8).entry())
        .isEqualTo(AuditEntry.of(Actor.platform(), "track.purge").on(last.id().value()));
  }
}

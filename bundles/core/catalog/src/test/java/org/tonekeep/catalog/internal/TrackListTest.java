package org.tonekeep.catalog.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.catalog.internal.Shelf.ALICE;
import static org.tonekeep.catalog.internal.Shelf.ANN;
import static org.tonekeep.catalog.internal.Shelf.BEN;
import static org.tonekeep.catalog.internal.Shelf.BOB;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.catalog.api.TrackState;
import org.tonekeep.catalog.internal.TrackQuery.Cursor;
import org.tonekeep.catalog.internal.TrackQuery.Order;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Ids;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

@RunWith(Parameterized.class)
public final class TrackListTest {
  private final Engine engine;
  private Shelf shelf;

  public TrackListTest(Engine engine) {
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

  private Track add(
      TenantId tenant, AccountId owner, String title, @Nullable Double bpm, @Nullable String key) {
    shelf.clock.advance(Duration.ofMillis(1));
    TrackId id = new TrackId(Ids.next(shelf.clock));
    Track track =
        new Track(
            tenant,
            id,
            owner,
            title,
            "The Band",
            "House",
            new BlobKey(tenant, owner.value(), "original", id.value()),
            "audio/mpeg",
            "mp3",
            10,
            "0".repeat(64),
            bpm,
            null,
            null,
            bpm,
            key,
            TrackState.READY,
            null,
            shelf.clock.instant(),
            null,
            null);
    shelf.store.insert(tenant, track);
    return track;
  }

  private List<String> titles(TrackQuery query) {
    return shelf.store.page(ALICE, ANN, query, query.limit()).stream().map(Track::title).toList();
  }

  private static TrackQuery query(
      Order order, boolean descending, Optional<Cursor> after, int limit) {
    return new TrackQuery("", "", null, null, "", order, descending, after, limit, false);
  }

  private static TrackQuery search(String text, String genre) {
    return new TrackQuery(
        text, genre, null, null, "", Order.TITLE, false, Optional.empty(), 50, false);
  }

  /** Walks through all pages by the cursors that a client gets. */
  private List<String> walk(Order order, boolean descending, int limit) {
    List<String> titles = new ArrayList<>();
    Optional<Cursor> after = Optional.empty();
    while (true) {
      List<Track> page =
          shelf.store.page(ALICE, ANN, query(order, descending, after, limit), limit);
      if (page.isEmpty()) {
        return titles;
      }
      page.forEach(t -> titles.add(t.title()));
      String cursor = Cursors.write(page.get(page.size() - 1), order, descending);
      after = Cursors.read(cursor, order, descending);
      assertThat(after).isPresent();
    }
  }

  @Test
  public void shouldPageThroughEveryOrderWithoutLossOrRepetition() {
    Double[] bpms = {null, 120.5, 98.0, null, 120.5, 174.25, null};
    for (int i = 0; i < bpms.length; i++) {
      add(ALICE, ANN, "Track " + i, bpms[i], bpms[i] == null ? null : "key " + bpms[i]);
    }
    add(ALICE, BEN, "another's", 1.0, "k");
    add(BOB, ANN, "another tenant's", 1.0, "k");
    for (Order order : Order.values()) {
      for (boolean descending : new boolean[] {false, true}) {
        List<String> whole = titles(query(order, descending, Optional.empty(), 50));
        assertThat(whole).hasSize(7).doesNotHaveDuplicates().allMatch(t -> t.startsWith("Track "));
        for (int limit = 1; limit <= 3; limit++) {
          assertThat(walk(order, descending, limit))
              .as("%s descending=%s limit=%s", order, descending, limit)
              .isEqualTo(whole);
        }
      }
    }
    assertThat(titles(query(Order.BPM, false, Optional.empty(), 50)).subList(0, 4))
        .containsExactly("Track 2", "Track 1", "Track 4", "Track 5");
    assertThat(titles(query(Order.BPM, true, Optional.empty(), 50)).subList(0, 4))
        .as("tracks without a tempo come last here, too")
        .containsExactly("Track 5", "Track 4", "Track 1", "Track 2");
    assertThat(titles(query(Order.CREATED, true, Optional.empty(), 1))).containsExactly("Track 6");
  }

  @Test
  public void shouldSortTitlesWithoutRegardToCase() {
    add(ALICE, ANN, "beta", null, null);
    add(ALICE, ANN, "Alpha", null, null);
    add(ALICE, ANN, "Ärger", null, null);
    add(ALICE, ANN, "Gamma", null, null);
    assertThat(titles(query(Order.TITLE, false, Optional.empty(), 50)))
        .containsExactly("Alpha", "beta", "Gamma", "Ärger");
  }

  @Test
  public void shouldFindTextLiterallyAndInAnyCase() {
    add(ALICE, ANN, "100% Groove_Box!", null, null);
    add(ALICE, ANN, "100 Grooves", null, null);
    add(ALICE, ANN, "ÜBER den Wolken", null, null);
    add(BOB, ANN, "100% elsewhere", null, null);
    assertThat(titles(search("100%", ""))).containsExactly("100% Groove_Box!");
    assertThat(titles(search("e_b", ""))).containsExactly("100% Groove_Box!");
    assertThat(titles(search("box!", ""))).containsExactly("100% Groove_Box!");
    assertThat(titles(search("über", ""))).containsExactly("ÜBER den Wolken");
    assertThat(titles(search("the band", ""))).hasSize(3);
    assertThat(titles(search("' OR 1=1 --", ""))).isEmpty();
    assertThat(titles(search("", "house"))).hasSize(3);
    assertThat(titles(search("", "ouse"))).isEmpty();
    assertThat(titles(search("", "%"))).isEmpty();
  }

  @Test
  public void shouldFilterByTempoAndKey() {
    add(ALICE, ANN, "slow", 90.0, "A minor");
    add(ALICE, ANN, "fast", 170.0, "C major");
    add(ALICE, ANN, "unknown", null, null);
    assertThat(titles(range(90.0, 100.0, ""))).containsExactly("slow");
    assertThat(titles(range(91.0, null, ""))).containsExactly("fast");
    assertThat(titles(range(null, 170.0, ""))).containsExactly("fast", "slow");
    assertThat(titles(range(null, null, "C major"))).containsExactly("fast");
  }

  private static TrackQuery range(@Nullable Double least, @Nullable Double most, String key) {
    return new TrackQuery(
        "", "", least, most, key, Order.TITLE, false, Optional.empty(), 50, false);
  }

  @Test
  public void shouldRefuseCursorsThatAreNotOfThisOrder() {
    Track track = add(ALICE, ANN, "a:b", 90.0, null);
    String cursor = Cursors.write(track, Order.TITLE, false);
    assertThat(Cursors.read(cursor, Order.TITLE, false).orElseThrow().value()).isEqualTo("a:b");
    assertThat(Cursors.read(cursor, Order.TITLE, true)).isEmpty();
    assertThat(Cursors.read(cursor, Order.BPM, false)).isEmpty();
    assertThat(Cursors.read("***", Order.TITLE, false)).isEmpty();
    assertThat(Cursors.read("", Order.TITLE, false)).isEmpty();
  }
}

package org.tonekeep.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.time.Duration;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** The log over a real database of each engine, always with two tenants. */
@RunWith(Parameterized.class)
public final class AuditLogTest {
  private static final AccountId ANN = new AccountId("00000000-0000-7000-8000-00000000000a");
  private static final AccountId BEN = new AccountId("00000000-0000-7000-8000-00000000000b");

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private Rig rig;

  public AuditLogTest(Engine engine) {
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

  @Test
  public void shouldKeepAnEntryAsItWasInItsTenantOnly() {
    AuditEntry entry =
        AuditEntry.of(Actor.account(ANN), "key.create")
            .on("key-1")
            .ownedBy(ANN)
            .from("a1b2")
            .with("scope", "read")
            .with("name", "a = b");
    rig.log.append(ALICE, entry);
    rig.log.append(BOB, AuditEntry.of(Actor.stranger(), "session.begin").failed());

    assertThat(rig.all(ALICE)).hasSize(1);
    StoredEntry row = rig.newest(ALICE);
    assertThat(row.entry()).contains(entry);
    assertThat(row.at()).isEqualTo(rig.clock.instant());
    assertThat(rig.store.find(ALICE, row.id())).contains(row);
    assertThat(rig.store.find(BOB, row.id())).isEmpty();
    assertThat(rig.newest(BOB).success()).isZero();
  }

  @Test
  public void shouldVanishWithTheTransactionOfTheAct() {
    assertThatThrownBy(
            () ->
                rig.db
                    .tx()
                    .run(
                        ALICE,
                        () -> {
                          rig.log.append(ALICE, AuditEntry.of(Actor.platform(), "track.purge"));
                          throw new IllegalStateException("the act fails");
                        }))
        .isInstanceOf(IllegalStateException.class);
    rig.sequencer.tick();

    assertThat(rig.all(ALICE)).isEmpty();
    assertThat(rig.trees.find(ALICE)).isEmpty();
  }

  @Test
  public void shouldKeepAFailureAlthoughItsTransactionIsUndone() {
    AuditEntry failure = AuditEntry.of(Actor.account(ANN), "track.upload").failed();
    assertThatThrownBy(
            () ->
                rig.db
                    .tx()
                    .run(
                        ALICE,
                        () -> {
                          rig.log.append(ALICE, AuditEntry.of(Actor.platform(), "track.purge"));
                          rig.log.appendApart(ALICE, failure);
                          throw new IllegalStateException("the act fails");
                        }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(rig.all(ALICE)).extracting(StoredEntry::action).containsExactly("track.upload");
  }

  @Test
  public void shouldCountFailuresThatAreAlikeBeyondTenInAMinute() {
    AuditEntry failure = AuditEntry.of(Actor.stranger(), "blob.read").on("u1").from("n1").failed();
    for (int i = 0; i < 25; i++) {
      rig.log.appendApart(ALICE, failure);
    }
    rig.log.appendApart(ALICE, failure.on("u2"));
    rig.log.appendApart(ALICE, failure.from("n2"));
    rig.log.appendApart(BOB, failure);
    assertThat(rig.all(ALICE)).hasSize(12);

    rig.clock.advance(Duration.ofMinutes(1));
    rig.log.writeCounts();
    rig.log.writeCounts();

    assertThat(rig.all(ALICE)).hasSize(13);
    assertThat(rig.newest(ALICE).entry()).contains(failure.with("more", "15"));
    assertThat(rig.all(BOB)).hasSize(1);
    for (int i = 0; i < 11; i++) {
      rig.log.appendApart(BOB, failure);
    }
    rig.clock.advance(Duration.ofMillis(1));
    rig.log.stop();
    assertThat(rig.newest(BOB).entry()).contains(failure.with("more", "1"));
  }

  @Test
  public void shouldShowTheNewestFirstAndByWhatIsAskedFor() {
    for (String action : new String[] {"session.begin", "session.end", "key.create"}) {
      rig.log.append(ALICE, AuditEntry.of(Actor.account(ANN), action).on(action).ownedBy(BEN));
      rig.clock.advance(Duration.ofMillis(1));
    }
    rig.log.append(ALICE, AuditEntry.of(Actor.operator(), "account.suspend").ownedBy(ANN));

    assertThat(rig.store.list(ALICE, EntryQuery.newest("", 3)))
        .extracting(StoredEntry::action)
        .containsExactly("account.suspend", "key.create", "session.end");
    assertThat(rig.store.list(ALICE, EntryQuery.newest("session.", 10)))
        .extracting(StoredEntry::action)
        .containsExactly("session.end", "session.begin");
    assertThat(rig.store.list(ALICE, EntryQuery.newest("sess%", 10))).isEmpty();
    assertThat(asked("key.create", "", "", Optional.empty())).isOne();
    assertThat(asked("", BEN.value(), "", Optional.empty())).isEqualTo(3);
    assertThat(asked("", "", ANN.value(), Optional.empty())).isEqualTo(3);
    assertThat(asked("", "", "OPERATOR", Optional.empty())).isOne();
    assertThat(asked("", "", "", Optional.of(Duration.ofMillis(2)))).isEqualTo(3);
    assertThat(rig.store.list(BOB, EntryQuery.newest("", 10))).isEmpty();
  }

  private int asked(String subject, String owner, String actor, Optional<Duration> ago) {
    return rig.store
        .list(
            ALICE,
            new EntryQuery(
                "",
                subject,
                owner,
                actor,
                ago.map(rig.clock.instant()::minus),
                Optional.empty(),
                "",
                10))
        .size();
  }

  @Test
  public void shouldRemoveWhatIsOlderThanTheTenantKeepsAndStillProveTheRest() {
    rig.tenants.set(BOB, AuditKeys.KEEP, "P2D");
    SettingsWatch settings =
        new SettingsWatch(rig.db.dataSource(), rig.tenants, rig.log, rig.keys, rig.db.tx());
    AuditUpkeep upkeep =
        new AuditUpkeep(rig.tenants, rig.store, rig.log, settings, rig.clock, 9999, 9999);
    for (int i = 0; i < 501; i++) {
      rig.log.append(BOB, AuditEntry.of(Actor.platform(), "track.purge"));
    }
    rig.append(ALICE, AuditEntry.of(Actor.platform(), "track.purge"));
    rig.clock.advance(Duration.ofDays(2));
    rig.append(BOB, AuditEntry.of(Actor.platform(), "track.purge"));

    upkeep.purge();
    rig.sequencer.tick();
    upkeep.purge();
    upkeep.stop();

    assertThat(rig.all(BOB))
        .extracting(StoredEntry::action)
        .containsExactlyInAnyOrder("track.purge", AuditUpkeep.PRUNE);
    assertThat(rig.all(ALICE)).hasSize(1);
    Verdict verdict = rig.verify(BOB);
    assertThat(verdict.first()).isEmpty();
    assertThat(verdict.size()).isEqualTo(503);
    assertThat(verdict.pruned()).isEqualTo(501);
  }

  @Test
  public void shouldNoteWhichSettingsChangedOnceAndNoValue() {
    SettingsWatch settings =
        new SettingsWatch(rig.db.dataSource(), rig.tenants, rig.log, rig.keys, rig.db.tx());
    settings.look();
    rig.clock.advance(Duration.ofMillis(1));
    rig.tenants.set(BOB, AuditKeys.KEEP, "P2D").features(BOB, "analysis");
    settings.look();
    settings.look();
    new SettingsWatch(rig.db.dataSource(), rig.tenants, rig.log, rig.keys, rig.db.tx()).look();

    assertThat(rig.all(ALICE)).extracting(StoredEntry::action).containsExactly("settings.begin");
    assertThat(rig.all(BOB))
        .extracting(StoredEntry::action)
        .containsExactly("settings.change", "settings.begin");
    assertThat(rig.newest(BOB).entry().orElseThrow().facts())
        .containsOnly(java.util.Map.entry("keys1", "audit.keep features"));
  }

  @Test
  public void shouldRefuseWhatCouldForgeOrFloodALine() {
    AuditEntry entry = AuditEntry.of(Actor.operator(), "account.suspend");
    for (Runnable wrong :
        new Runnable[] {
          () -> entry.with("reason", "two\nlines"),
          () -> entry.with("a=b", "x"),
          () -> entry.with("long", "x".repeat(101)),
          () -> entry.on("id\r\nforged"),
          () -> entry.from("x".repeat(101)),
          () -> AuditEntry.of(Actor.operator(), "Not an action"),
          () -> {
            AuditEntry many = entry;
            for (int i = 0; i <= 10; i++) {
              many = many.with("f" + i, "");
            }
          }
        }) {
      assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
    }
  }
}

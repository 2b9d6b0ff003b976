package org.tonekeep.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.time.Duration;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.audit.internal.jpa.EntryStore;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestTenants;

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
  private final TestClock clock = TestClock.standing();
  private final TestTenants tenants = new TestTenants();
  private TestDatabase db;
  private EntryStore store;
  private AuditLog log;
  private AuditData data;

  public AuditLogTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    db = TestDatabase.open(engine, "audit");
    store = new EntryStore(db.unit("audit"));
    log = new AuditLog(store, clock);
    data = new AuditData(store);
  }

  @After
  public void close() {
    db.close();
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
    log.append(ALICE, entry);
    log.append(BOB, AuditEntry.of(Actor.stranger(), "session.begin").failed());

    assertThat(store.newest(ALICE, "", 10)).hasSize(1);
    AuditRow row = store.newest(ALICE, "", 10).get(0);
    assertThat(row.entry()).isEqualTo(entry);
    assertThat(row.at()).isEqualTo(clock.instant());
    assertThat(store.newest(BOB, "", 10).get(0).entry().success()).isFalse();
  }

  @Test
  public void shouldVanishWithTheTransactionOfTheAct() {
    assertThatThrownBy(
            () ->
                db.tx()
                    .run(
                        ALICE,
                        () -> {
                          log.append(ALICE, AuditEntry.of(Actor.platform(), "track.purge"));
                          throw new IllegalStateException("the act fails");
                        }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(store.newest(ALICE, "", 10)).isEmpty();
  }

  @Test
  public void shouldShowTheNewestFirstAndByBeginningOfTheAction() {
    for (String action : new String[] {"session.begin", "session.end", "key.create"}) {
      log.append(ALICE, AuditEntry.of(Actor.account(ANN), action));
      clock.advance(Duration.ofMillis(1));
    }

    assertThat(store.newest(ALICE, "", 2))
        .extracting(row -> row.entry().action())
        .containsExactly("key.create", "session.end");
    assertThat(store.newest(ALICE, "session.", 10))
        .extracting(row -> row.entry().action())
        .containsExactly("session.end", "session.begin");
    assertThat(store.newest(ALICE, "sess%", 10)).isEmpty();
  }

  @Test
  public void shouldExportWhatConcernsTheAccountWithoutNamingOthers() {
    log.append(ALICE, AuditEntry.of(Actor.account(ANN), "session.begin"));
    log.append(ALICE, AuditEntry.of(Actor.account(BEN), "note.add").ownedBy(ANN));
    log.append(ALICE, AuditEntry.of(Actor.account(BEN), "session.begin"));
    log.append(BOB, AuditEntry.of(Actor.account(ANN), "session.begin"));

    assertThat(data.export(ALICE, ANN).get("auditEntry"))
        .extracting(fields -> fields.get("actor"))
        .containsExactlyInAnyOrder("you", "somebody else");
    assertThat(data.export(ALICE, ANN).toString()).doesNotContain(BEN.value());
  }

  @Test
  public void shouldKeepTheActsButForgetTheNetworkWhenTheAccountIsErased() {
    log.append(ALICE, AuditEntry.of(Actor.account(ANN), "session.begin").from("tag"));
    log.append(ALICE, AuditEntry.of(Actor.stranger(), "session.begin").ownedBy(ANN).from("tag"));
    log.append(ALICE, AuditEntry.of(Actor.account(BEN), "session.begin").from("tag"));
    log.append(BOB, AuditEntry.of(Actor.account(ANN), "session.begin").from("tag"));

    data.erase(ALICE, ANN);
    data.erase(ALICE, ANN);

    assertThat(store.newest(ALICE, "", 10))
        .extracting(row -> row.entry().peer())
        .containsExactlyInAnyOrder("", "", "tag");
    assertThat(store.newest(BOB, "", 10).get(0).entry().peer()).isEqualTo("tag");
  }

  @Test
  public void shouldRemoveWhatIsOlderThanTheTenantKeeps() {
    tenants.set(BOB, AuditKeys.KEEP, "P2D");
    AuditUpkeep upkeep = new AuditUpkeep(tenants, store, clock);
    for (int i = 0; i < 501; i++) {
      log.append(BOB, AuditEntry.of(Actor.platform(), "track.purge"));
    }
    log.append(ALICE, AuditEntry.of(Actor.platform(), "track.purge"));
    clock.advance(Duration.ofDays(2));
    log.append(BOB, AuditEntry.of(Actor.platform(), "track.purge"));

    upkeep.purge();
    upkeep.stop();

    assertThat(store.newest(BOB, "", 1000)).hasSize(1);
    assertThat(store.newest(ALICE, "", 10)).hasSize(1);
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

package org.tonekeep.audit.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.audit.internal.Verdict.Finding;
import org.tonekeep.audit.internal.note.Checkpoint;
import org.tonekeep.audit.internal.note.LogKey;
import org.tonekeep.audit.internal.tree.Growth;
import org.tonekeep.audit.internal.tree.TilePath;
import org.tonekeep.audit.internal.tree.TreeHash;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/**
 * Somebody who can write into the database, and sometimes more, tries what he can. Each way is
 * found, and the entry is named.
 */
@RunWith(Parameterized.class)
public final class TamperingTest {
  private static final AccountId ANN = new AccountId("00000000-0000-7000-8000-00000000000a");
  private static final AccountId BEN = new AccountId("00000000-0000-7000-8000-00000000000b");
  private static final int ENTRIES = 300;
  private static final int VICTIM = 130;

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private Rig rig;
  private final List<String> ids = new ArrayList<>();

  public TamperingTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    rig = new Rig(engine);
    for (int i = 0; i < ENTRIES; i++) {
      rig.log.append(
          ALICE,
          AuditEntry.of(Actor.account(i % 2 == 0 ? ANN : BEN), "track.play")
              .on("track-" + i)
              .ownedBy(ANN)
              .from("net-" + i)
              .with("n", "" + i));
    }
    rig.append(BOB, AuditEntry.of(Actor.account(ANN), "session.begin"));
    ids.addAll(
        rig.sql.query(
            "SELECT entry FROM audit_leaf WHERE tenant = 'alice' ORDER BY idx",
            row -> row.getString(1)));
    assertThat(rig.verify(ALICE).first()).isEmpty();
    assertThat(rig.verify(ALICE).whole()).isEqualTo(ENTRIES);
  }

  @After
  public void close() {
    assertThat(rig.verify(BOB).first()).isEmpty();
    rig.close();
  }

  private void change(String set, int index) {
    assertThat(
            rig.sql.update(
                "UPDATE audit_entry SET " + set + " WHERE tenant = 'alice' AND id = ?",
                ids.get(index)))
        .isOne();
  }

  private Finding found() {
    return rig.verify(ALICE).first().orElseThrow();
  }

  private void finds(int index, String words) {
    Finding found = found();
    assertThat(found.index()).isEqualTo(index);
    assertThat(found.entry()).isEqualTo(ids.get(index));
    assertThat(found.what()).contains(words);
  }

  @Test
  public void shouldFindEachFieldThatIsEdited() {
    for (String set :
        new String[] {
          "happened_at = happened_at + 1",
          "action = 'track.stop'",
          "success = 0",
          "act_salt = 'AAAAAAAAAAAAAAAAAAAAAA'",
          "act_salt = '!'",
          "actor_kind = 'OPERATOR'",
          "actor = '" + BEN.value() + "'",
          "subject = 'track-1'",
          "owner = '" + BEN.value() + "'",
          "peer = ''",
          "facts = 'n=131'",
          "facts = 'n=130' || CHR(10)",
          "salt = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'",
          "salt = ''",
          "leaf = ''",
          "mac = ''",
          "actor_kind = '', actor = '', subject = '', owner = '', peer = '', facts = '', salt = ''"
        }) {
      String own = engine == Engine.DERBY ? set.replace("CHR(10)", "'\n'") : set;
      StoredEntry before = rig.store.find(ALICE, ids.get(VICTIM)).orElseThrow();
      change(own, VICTIM);
      Finding found = found();
      assertThat(found.index()).as(set).isEqualTo(VICTIM);
      assertThat(found.entry()).as(set).isEqualTo(ids.get(VICTIM));
      int unused =
          rig.sql.update(
              "DELETE FROM audit_entry WHERE tenant = 'alice' AND id = ?", ids.get(VICTIM));
      rig.store.insert(ALICE, before);
      assertThat(rig.verify(ALICE).first()).isEmpty();
    }
  }

  @Test
  public void shouldFindAnEntryThatIsDeleted() {
    int unused =
        rig.sql.update(
            "DELETE FROM audit_entry WHERE tenant = 'alice' AND id = ?", ids.get(VICTIM));

    assertThat(found()).isEqualTo(new Finding(VICTIM, "", "the row is gone before its time"));
  }

  @Test
  public void shouldFindAnEntryThatIsInserted() {
    StoredEntry own = rig.store.find(ALICE, ids.get(VICTIM)).orElseThrow();
    rig.store.insert(ALICE, renamed(own, "00000000-0000-7000-8000-000000000001"));

    Finding found = found();
    assertThat(found.entry()).isEqualTo("00000000-0000-7000-8000-000000000001");
    assertThat(found.what()).contains("never appended");
  }

  private static StoredEntry renamed(StoredEntry e, String id) {
    return new StoredEntry(
        id,
        e.time() - 100_000,
        e.action(),
        e.success(),
        e.actSalt(),
        e.actorKind(),
        e.actor(),
        e.subject(),
        e.owner(),
        e.peer(),
        e.facts(),
        e.salt(),
        e.leaf(),
        e.mac());
  }

  @Test
  public void shouldFindAnEntryThatIsDuplicated() {
    StoredEntry own = rig.store.find(ALICE, ids.get(VICTIM)).orElseThrow();
    String copy = "00000000-0000-7000-8000-000000000002";
    rig.store.insert(ALICE, renamed(own, copy));
    rig.trees.place(ALICE, ENTRIES, List.of(copy));

    assertThat(found().entry()).isEqualTo(copy);
  }

  @Test
  public void shouldFindTwoEntriesThatChangePlaces() {
    place(VICTIM, 9_999);
    place(VICTIM + 1, VICTIM);
    int unused =
        rig.sql.update(
            "UPDATE audit_leaf SET idx = ? WHERE tenant = 'alice' AND idx = 9999",
            (long) VICTIM + 1);

    Finding found = found();
    assertThat(found.index()).isEqualTo(VICTIM);
    assertThat(found.entry()).isEqualTo(ids.get(VICTIM + 1));
  }

  private void place(int from, long to) {
    int unused =
        rig.sql.update(
            "UPDATE audit_leaf SET idx = ? WHERE tenant = 'alice' AND idx = ?", to, (long) from);
  }

  @Test
  public void shouldFindPrivatePartsThatAreSwapped() {
    StoredEntry one = rig.store.find(ALICE, ids.get(VICTIM)).orElseThrow();
    StoredEntry two = rig.store.find(ALICE, ids.get(VICTIM + 1)).orElseThrow();
    swapIn(one, VICTIM + 1);
    swapIn(two, VICTIM);

    finds(VICTIM, "differs in the actor");
  }

  private void swapIn(StoredEntry from, int index) {
    int unused =
        rig.sql.update(
            "UPDATE audit_entry SET actor_kind = ?, actor = ?, subject = ?, owner = ?, peer = ?,"
                + " facts = ?, salt = ? WHERE tenant = 'alice' AND id = ?",
            from.actorKind(),
            from.actor(),
            from.subject(),
            from.owner(),
            from.peer(),
            from.facts(),
            from.salt(),
            ids.get(index));
  }

  @Test
  public void shouldFindATailThatIsCutOff() {
    truncate(200);
    int unused = rig.sql.update("UPDATE audit_tree SET leaves = 200 WHERE tenant = 'alice'");

    assertThat(found().what()).contains("the checkpoint is not that of the tree's size");
    unused = rig.sql.update("UPDATE audit_tree SET leaves = 300 WHERE tenant = 'alice'");
    assertThat(found().index()).isEqualTo(200);
  }

  private void truncate(int size) {
    for (String id : ids.subList(size, ENTRIES)) {
      int unused = rig.sql.update("DELETE FROM audit_entry WHERE tenant = 'alice' AND id = ?", id);
      unused = rig.sql.update("DELETE FROM audit_leaf WHERE tenant = 'alice' AND entry = ?", id);
    }
  }

  @Test
  public void shouldFindTimesThatAreShifted() {
    int unused =
        rig.sql.update(
            "UPDATE audit_entry SET happened_at = happened_at + 3600000 WHERE tenant = 'alice'");

    finds(0, "differs in the time");
  }

  @Test
  public void shouldFindATileOrABundleThatIsReplaced() {
    for (String height : new String[] {"-1", "0", "1"}) {
      String where = " WHERE tenant = 'alice' AND tile = 0 AND height = " + height;
      String before =
          rig.sql.one("SELECT content FROM audit_tile" + where, r -> r.getString(1)).orElseThrow();
      char other = before.charAt(20) == 'A' ? 'B' : 'A';
      String after = before.substring(0, 20) + other + before.substring(21);
      int unused = rig.sql.update("UPDATE audit_tile SET content = ?" + where, after);
      assertThat(found().index()).as(height).isZero();
      unused = rig.sql.update("UPDATE audit_tile SET content = ?" + where, before);
      assertThat(rig.verify(ALICE).first()).isEmpty();
      unused = rig.sql.update("DELETE FROM audit_tile" + where);
      assertThat(found().index()).as(height).isZero();
      unused =
          rig.sql.update(
              "INSERT INTO audit_tile (tenant, height, tile, width, content) VALUES ('alice', "
                  + height
                  + ", 0, 256, ?)",
              before);
    }
  }

  @Test
  public void shouldFindACheckpointThatIsReplaced() {
    String note = rig.checkpoint(ALICE);
    for (String forged :
        new String[] {
          note.replace("\n300\n", "\n301\n"), rig.checkpoint(BOB), "", note.substring(5), note + "x"
        }) {
      int unused =
          rig.sql.update("UPDATE audit_tree SET checkpoint = ? WHERE tenant = 'alice'", forged);
      assertThat(rig.verify(ALICE).first()).as(forged).isPresent();
    }
  }

  @Test
  public void shouldFindALogThatIsSignedByAnotherKey() {
    LogKey other = LogKey.make("alice.localhost/tlog");
    Checkpoint same = rig.proofs.key(ALICE).orElseThrow().open(rig.checkpoint(ALICE));
    int unused =
        rig.sql.update(
            "UPDATE audit_tree SET checkpoint = ? WHERE tenant = 'alice'", other.sign(same));
    assertThat(found().what()).contains("of another key");

    unused =
        rig.sql.update(
            "UPDATE audit_tree SET sealed_key = ? WHERE tenant = 'alice'",
            Leaf.text(other.bytes()));
    assertThat(found().what()).contains("key was replaced");
  }

  /** With the keys of the platform, but without the file outside of the database. */
  @Test
  public void shouldFindAForkThatEverythingInTheDatabaseAgreesWith() {
    StoredEntry victim = rig.store.find(ALICE, ids.get(VICTIM)).orElseThrow();
    AuditEntry other = AuditEntry.of(Actor.account(BEN), "track.play").ownedBy(ANN);
    StoredEntry forged = StoredEntry.of(ALICE, victim.id(), victim.time(), other, rig.macs);
    int unused =
        rig.sql.update("DELETE FROM audit_entry WHERE tenant = 'alice' AND id = ?", victim.id());
    rig.store.insert(ALICE, forged);
    rewrite();

    assertThat(found().what()).contains("is not that of the checkpoint in the data folder");
    rig.append(ALICE, other);
    assertThat(rig.sequencer.refusals().get(ALICE)).contains("does not go on");
  }

  /** Computes all tiles and the checkpoint anew from the rows, with the log's own key. */
  private void rewrite() {
    Growth growth = new Growth();
    List<byte[]> leaves = new ArrayList<>();
    for (String id : ids) {
      byte[] leaf = Leaf.bytes(rig.store.find(ALICE, id).orElseThrow().leaf());
      leaves.add(leaf);
      growth.add(TreeHash.leaf(leaf));
    }
    rig.trees.write(ALICE, ENTRIES, growth.takeFull());
    rig.trees.write(ALICE, ENTRIES, growth.partial());
    rig.trees.write(
        ALICE,
        ENTRIES,
        java.util.Map.of(
            new TilePath(TilePath.ENTRIES, 0, 256), TreeStore.bundle(leaves.subList(0, 256))));
    LogKey key = rig.writer.key(ALICE, rig.trees.find(ALICE).orElseThrow());
    String note = key.sign(Checkpoint.of(key.verifier().name(), ENTRIES, growth.root()));
    rig.trees.signed(ALICE, ENTRIES, note, rig.clock.instant());
  }

  @Test
  public void shouldFindADatabaseThatWasTakenBackToAnEarlierCheckpoint() throws IOException {
    String later = Files.readString(rig.witness.file(ALICE));
    LogKey key = rig.writer.key(ALICE, rig.trees.find(ALICE).orElseThrow());
    Growth early = new Growth();
    for (String id : ids.subList(0, 200)) {
      early.add(TreeHash.leaf(Leaf.bytes(rig.store.find(ALICE, id).orElseThrow().leaf())));
    }
    truncate(200);
    rig.trees.signed(
        ALICE,
        200,
        key.sign(Checkpoint.of(key.verifier().name(), 200, early.root())),
        rig.clock.instant());

    assertThat(found().what()).contains("older than the checkpoint in the data folder");
    rig.append(ALICE, AuditEntry.of(Actor.operator(), "account.suspend"));
    assertThat(rig.sequencer.refusals().get(ALICE)).contains("older than the checkpoint");
    assertThat(Files.readString(rig.witness.file(ALICE))).isEqualTo(later);
  }

  @Test
  public void shouldFindThatTheWholeLogIsGone() {
    for (String table : new String[] {"entry", "leaf", "tile", "tree"}) {
      int unused = rig.sql.update("DELETE FROM audit_" + table + " WHERE tenant = 'alice'");
    }

    assertThat(found().what()).isEqualTo("the whole log is gone");
  }
}

package org.tonekeep.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.util.Base64;
import java.util.List;
import java.util.Map;
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

/** What export and erasure do to the log, and that they leave it provable. */
@RunWith(Parameterized.class)
public final class ErasureTest {
  private static final AccountId ANN = new AccountId("00000000-0000-7000-8000-00000000000a");
  private static final AccountId BEN = new AccountId("00000000-0000-7000-8000-00000000000b");

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private Rig rig;

  public ErasureTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    rig = new Rig(engine);
    rig.append(
        ALICE,
        AuditEntry.of(Actor.account(ANN), "session.begin").ownedBy(ANN).from("net-ann"),
        AuditEntry.of(Actor.account(BEN), "note.add").on("note-1").ownedBy(ANN).from("net-ben"),
        AuditEntry.of(Actor.account(BEN), "session.begin").from("net-ben"));
    rig.append(BOB, AuditEntry.of(Actor.account(ANN), "session.begin"));
  }

  @After
  public void close() {
    rig.close();
  }

  @Test
  public void shouldExportWhatConcernsTheAccountWithItsProofAndWithoutNamingOthers() {
    List<Map<String, Object>> rows =
        rig.data.export(ALICE, ANN).getOrDefault("auditEntry", List.of());

    assertThat(rows)
        .extracting(fields -> fields.get("actor"))
        .containsExactlyInAnyOrder("you", "somebody else");
    for (Map<String, Object> row : rows) {
      String proof = String.valueOf(row.get("proof"));
      assertThat(ProofFile.parse(proof).verify(rig.proofs.key(ALICE).orElseThrow()))
          .containsEntry("id", String.valueOf(row.get("id")))
          .containsEntry("owner", ANN.value());
      String extra = proof.lines().skip(1).findFirst().orElseThrow().substring("extra ".length());
      assertThat(new String(Base64.getDecoder().decode(extra), UTF_8))
          .doesNotContain(BEN.value(), Leaf.text(("ACCOUNT:" + BEN.value()).getBytes(UTF_8)))
          .doesNotContain(Leaf.text("net-ben".getBytes(UTF_8)));
    }
  }

  @Test
  public void shouldEmptyTheEntriesOfAnErasedAccountAndStillProveThem() {
    StoredEntry act = rig.store.list(ALICE, EntryQuery.newest("note.", 1)).get(0);
    ProofFile before = rig.proofs.now(ALICE).orElseThrow().of(act, ANN).orElseThrow();

    rig.data.erase(ALICE, ANN);
    rig.data.erase(ALICE, ANN);

    assertThat(rig.data.export(ALICE, ANN).get("auditEntry")).isEmpty();
    assertThat(rig.all(ALICE))
        .extracting(StoredEntry::erased)
        .containsExactlyInAnyOrder(false, true, true);
    assertThat(rig.all(ALICE)).extracting(StoredEntry::actor).containsOnly("", BEN.value());
    assertThat(rig.all(ALICE)).extracting(StoredEntry::salt).contains("");
    assertThat(rig.newest(BOB).actor()).isEqualTo(ANN.value());
    Verdict verdict = rig.verify(ALICE);
    assertThat(verdict.first()).isEmpty();
    assertThat(verdict.erased()).isEqualTo(2);
    assertThat(before.verify(rig.proofs.key(ALICE).orElseThrow()))
        .containsEntry("action", "note.add");
    StoredEntry after = rig.store.find(ALICE, act.id()).orElseThrow();
    ProofFile bare = rig.proofs.now(ALICE).orElseThrow().of(after, BEN).orElseThrow();
    assertThat(bare.verify(rig.proofs.key(ALICE).orElseThrow()))
        .containsEntry("action", "note.add")
        .doesNotContainKeys("owner", "actor", "subject");
  }

  @Test
  public void shouldTakeAnEntryIntoTheTreeThatWasErasedOnItsWay() {
    rig.log.append(ALICE, AuditEntry.of(Actor.account(ANN), "session.end").ownedBy(ANN));
    rig.data.erase(ALICE, ANN);
    rig.restart();
    rig.sequencer.tick();

    assertThat(rig.verify(ALICE).size()).isEqualTo(4);
    assertThat(rig.verify(ALICE).first()).isEmpty();
  }
}

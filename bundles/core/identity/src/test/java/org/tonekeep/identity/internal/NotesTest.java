package org.tonekeep.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Note;
import org.tonekeep.identity.api.Notes;
import org.tonekeep.identity.internal.jpa.NoteStore;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** Notes over a real database of each engine, with two tenants. */
@RunWith(Parameterized.class)
public final class NotesTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private AccountsFixture fixture;
  private Notes notes;
  private NoteHolder holder;
  private AccountId ann;
  private AccountId staff;

  public NotesTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    fixture = new AccountsFixture(engine);
    NoteStore store = new NoteStore(fixture.db().unit("identity"), fixture.keys());
    notes = new NoteService(store, fixture.audit(), fixture.db().tx(), fixture.clock());
    holder = new NoteHolder(store);
    ann = fixture.accounts().create(ALICE, "ann@example.org", "Ann").id();
    staff = fixture.accounts().create(ALICE, "staff@example.org", "Sam").id();
  }

  @After
  public void close() {
    fixture.close();
  }

  @Test
  public void shouldKeepNotesNewestFirstInTheirTenantOnly() {
    Note first = add(" Called.\r\nAsked for an invoice. ");
    fixture.clock().advance(Duration.ofMillis(5));
    Note second = add("Paid.");

    assertThat(first.text()).isEqualTo("Called.\nAsked for an invoice.");
    assertThat(notes.of(ALICE, ann)).containsExactly(second, first);
    assertThat(notes.of(BOB, ann)).isEmpty();
    assertThat(notes.of(ALICE, staff)).isEmpty();
    assertThat(notes.remove(BOB, staff, first.id())).isFalse();
    assertThat(notes.add(BOB, ann, staff, "x")).isEmpty();
    assertThat(notes.of(ALICE, ann)).hasSize(2);
    assertThat(first.toString()).doesNotContain("invoice");
  }

  @Test
  public void shouldTellTheAuditLogWithoutTheText() {
    Note note = add("Canary");
    assertThat(notes.remove(ALICE, staff, note.id())).isTrue();
    assertThat(notes.remove(ALICE, staff, note.id())).isFalse();
    assertThat(notes.of(ALICE, ann)).isEmpty();
    assertThat(notes.read(ALICE, staff, ann)).isEmpty();

    assertThat(fixture.audit().kept().stream().map(kept -> kept.entry()))
        .containsExactly(
            AuditEntry.of(Actor.account(staff), "note.add").on(note.id()).ownedBy(ann),
            AuditEntry.of(Actor.account(staff), "note.remove").on(note.id()).ownedBy(ann),
            AuditEntry.of(Actor.account(staff), "note.read").on(ann.value()).ownedBy(ann));
    assertThat(fixture.audit().kept().toString()).doesNotContain("Canary");
  }

  @Test
  public void shouldSealTheTextUnderTheKeyOfItsSubject() throws Exception {
    Note note = add("Canary");
    try (Connection connection = fixture.db().unwatched().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT note_text FROM identity_note")) {
      assertThat(rows.next()).isTrue();
      String sealed = rows.getString(1);
      assertThat(sealed).doesNotContain("Canary");
      assertThat(fixture.keys().openText(ALICE, ann.value(), "identity_note.note_text", sealed))
          .isEqualTo("Canary");
    }

    fixture.keys().destroy(ALICE, ann.value());
    assertThat(notes.of(ALICE, ann)).isEmpty();
    assertThat(notes.add(ALICE, ann, staff, "late")).isEmpty();
    assertThat(notes.remove(ALICE, staff, note.id())).isTrue();
  }

  @Test
  public void shouldTakeTheLongestTextAndRefuseWhatIsNone() {
    String longest = "\uD83C\uDFB5".repeat(Notes.LONGEST);
    assertThat(add(longest).text()).isEqualTo(longest);
    assertThat(notes.of(ALICE, ann).get(0).text()).isEqualTo(longest);

    for (String text :
        List.of(
            "", " \n ", "x".repeat(2001), "a\u0000b", "a\tb", "a\u0085b", "a\u202Eb", "a\u2028b")) {
      assertThatThrownBy(() -> add(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("A note has");
    }
    assertThat(notes.of(ALICE, ann)).hasSize(1);
  }

  @Test
  public void shouldHoldABoundedNumberPerAccount() {
    for (int i = 0; i < Notes.MOST; i++) {
      add("n" + i);
    }
    assertThatThrownBy(() -> add("one more")).hasMessageContaining("at most 200 notes");
    assertThat(notes.add(ALICE, staff, staff, "of another")).isPresent();
  }

  @Test
  public void shouldExportToTheSubjectAndEraseWithIt() {
    Note note = add("About Ann");
    AccountId twin = fixture.accounts().create(BOB, "ann@example.org", "Ann").id();
    assertThat(notes.add(BOB, twin, twin, "About the twin")).isPresent();

    assertThat(holder.export(ALICE, ann).get("note"))
        .singleElement()
        .satisfies(
            fields ->
                assertThat(fields)
                    .containsEntry("text", "About Ann")
                    .containsEntry("id", note.id())
                    .doesNotContainValue(staff.value()));
    assertThat(holder.export(ALICE, staff).get("note")).isEmpty();

    holder.erase(BOB, ann);
    holder.erase(ALICE, staff);
    assertThat(notes.of(ALICE, ann)).containsExactly(note);
    holder.erase(ALICE, ann);
    holder.erase(ALICE, ann);
    assertThat(notes.of(ALICE, ann)).isEmpty();
    assertThat(notes.of(BOB, twin)).hasSize(1);
  }

  private Note add(String text) {
    return notes.add(ALICE, ann, staff, text).orElseThrow();
  }
}

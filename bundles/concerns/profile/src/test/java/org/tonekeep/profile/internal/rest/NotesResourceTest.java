package org.tonekeep.profile.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import java.util.Optional;
import java.util.Set;
import javax.ws.rs.core.Response;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.identity.api.Role;
import org.tonekeep.identity.api.Scope;
import org.tonekeep.identity.internal.AccountService;
import org.tonekeep.identity.internal.NoteService;
import org.tonekeep.identity.internal.Usernames;
import org.tonekeep.identity.internal.jpa.AccountStore;
import org.tonekeep.identity.internal.jpa.NoteStore;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestClock;
import org.tonekeep.testing.kit.TestDatabase;
import org.tonekeep.testing.kit.TestDatabase.Engine;
import org.tonekeep.testing.kit.TestKeys;
import org.tonekeep.testing.kit.TestTenants;

/** What the resource answers over real notes, without a server, with two tenants. */
@RunWith(Parameterized.class)
public final class NotesResourceTest {
  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private final TestAudit audit = new TestAudit();
  private TestDatabase db;
  private Accounts accounts;
  private NotesResource resource;
  private Caller ann;
  private Caller staff;
  private Caller otherStaff;

  public NotesResourceTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    TestClock clock = TestClock.standing();
    TestKeys keys = new TestKeys(clock);
    db = TestDatabase.open(engine, "identity");
    accounts =
        new AccountService(
            new AccountStore(db.unit("identity"), keys, clock),
            keys,
            keys,
            new Usernames(new TestTenants(), keys),
            clock);
    resource =
        new NotesResource(
            new NoteService(new NoteStore(db.unit("identity"), keys), audit, db.tx(), clock),
            accounts);
    ann = caller(ALICE, "ann", Role.ARTIST);
    staff = caller(ALICE, "staff", Role.ARTIST, Role.STAFF);
    otherStaff = caller(BOB, "staff", Role.ARTIST, Role.STAFF);
  }

  @After
  public void close() {
    db.close();
  }

  @Test
  public void shouldLetTheStaffWriteReadAndRemoveAndTheSubjectRead() {
    NotesJson.Item note = add(staff, ann.account(), "Called.\nWants an invoice.");
    assertThat(note.author()).isEqualTo(staff.account().value());
    assertThat(note.toString()).doesNotContain("invoice");
    assertThat(resource.list(who(staff), ann.account().value()).items()).containsExactly(note);

    assertThat(resource.list(who(ann), null).items())
        .singleElement()
        .satisfies(
            own -> {
              assertThat(own.text()).isEqualTo("Called.\nWants an invoice.");
              assertThat(own.author()).isNull();
            });
    assertThat(resource.list(who(staff), null).items()).isEmpty();

    assertThat(resource.remove(who(staff), note.id()).getStatus()).isEqualTo(204);
    assertThat(resource.list(who(ann), null).items()).isEmpty();
    assertThat(audit.actions(ALICE)).containsExactly("note.add", "note.read", "note.remove");
  }

  @Test
  public void shouldRefuseWhoIsNotStaff() {
    NotesJson.Item note = add(staff, ann.account(), "Kept");
    String own = ann.account().value();

    assertThat(problem(() -> resource.list(who(ann), own)).code()).isEqualTo("role-required");
    assertThat(problem(() -> resource.add(who(ann), new NoteJson(own, "x"))).code())
        .isEqualTo("role-required");
    assertThat(problem(() -> resource.remove(who(ann), note.id())).code())
        .isEqualTo("role-required");
    assertThat(problem(() -> resource.list(anonymous(), null)).status()).isEqualTo(401);
    assertThat(problem(() -> resource.list(anonymous(), own)).status()).isEqualTo(401);
    assertThat(problem(() -> resource.add(anonymous(), null)).status()).isEqualTo(401);
    assertThat(problem(() -> resource.remove(anonymous(), note.id())).status()).isEqualTo(401);

    Caller key = new Caller(ALICE, staff.account(), staff.roles(), "key", Set.of(Scope.READ), true);
    assertThat(problem(() -> resource.list(who(key), own)).code()).isEqualTo("session-required");
    assertThat(problem(() -> resource.list(who(key), null)).code()).isEqualTo("session-required");
    assertThat(resource.list(who(ann), null).items()).hasSize(1);
  }

  @Test
  public void shouldAnswerAlikeForWhatIsAbsentAndWhatIsAnotherTenants() {
    NotesJson.Item note = add(staff, ann.account(), "Kept");
    String nobody = "00000000-0000-7000-8000-000000000000";

    for (String account : new String[] {ann.account().value(), nobody, "no-id", ""}) {
      assertThat(problem(() -> resource.list(who(otherStaff), account)).status()).isEqualTo(404);
      assertThat(problem(() -> resource.add(who(otherStaff), new NoteJson(account, "x"))).status())
          .isEqualTo(404);
    }
    for (String id : new String[] {note.id(), nobody, "no-id"}) {
      assertThat(problem(() -> resource.remove(who(otherStaff), id)).status()).isEqualTo(404);
    }
    assertThat(resource.list(who(ann), null).items()).hasSize(1);
    assertThat(audit.actions(BOB)).isEmpty();
  }

  @Test
  public void shouldNameTheFieldThatIsWrong() {
    String own = ann.account().value();

    assertThat(pointer(null)).isEqualTo("/account");
    assertThat(pointer(new NoteJson(null, "x"))).isEqualTo("/account");
    assertThat(pointer(new NoteJson(own, null))).isEqualTo("/text");
    assertThat(pointer(new NoteJson(own, "x".repeat(2001)))).isEqualTo("/text");
    assertThat(pointer(new NoteJson(own, "a\u0007b"))).isEqualTo("/text");
    assertThat(resource.list(who(ann), null).items()).isEmpty();
  }

  private String pointer(NoteJson body) {
    ProblemException problem = problem(() -> resource.add(who(staff), body));
    assertThat(problem.status()).isEqualTo(422);
    return problem.errors().get(0).pointer();
  }

  private NotesJson.Item add(Caller by, AccountId subject, String text) {
    Response answer = resource.add(who(by), new NoteJson(subject.value(), text));
    assertThat(answer.getStatus()).isEqualTo(201);
    return (NotesJson.Item) answer.getEntity();
  }

  private Caller caller(TenantId tenant, String name, Role... roles) {
    AccountId id = accounts.create(tenant, name + "@example.org", "").id();
    return new Caller(tenant, id, Set.of(roles), "session");
  }

  private static Who who(Caller caller) {
    return new Who(caller.tenant(), Optional.of(caller), "", "r");
  }

  private static Who anonymous() {
    return new Who(ALICE, Optional.empty(), "", "r");
  }

  private static ProblemException problem(ThrowingCallable call) {
    return catchThrowableOfType(ProblemException.class, call);
  }
}

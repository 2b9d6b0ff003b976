package org.tonekeep.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.identity.api.Account;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.AccountState;
import org.tonekeep.identity.api.Accounts;
import org.tonekeep.identity.api.Role;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestDatabase.Engine;

/** What the operator does, over a real database of each engine, with two tenants. */
@RunWith(Parameterized.class)
public final class AdministrationTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final TenantId BOB = new TenantId("bob");

  @Parameters(name = "{0}")
  public static Engine[] engines() {
    return Engine.values();
  }

  private final Engine engine;
  private AccountsFixture fixture;
  private Accounts accounts;
  private Administration administration;
  private AccountId ann;

  public AdministrationTest(Engine engine) {
    this.engine = engine;
  }

  @Before
  public void open() {
    fixture = new AccountsFixture(engine);
    accounts = fixture.accounts();
    administration = fixture.administration();
    ann = accounts.create(ALICE, "ann@example.org", "Ann").id();
  }

  @After
  public void close() {
    fixture.close();
  }

  @Test
  public void shouldSuspendAndResumeWithAnEntryForEachChange() {
    long epoch = found().epoch();

    assertThat(administration.suspend(ALICE, ann)).isTrue();
    assertThat(found().state()).isEqualTo(AccountState.SUSPENDED);
    assertThat(found().epoch()).isGreaterThan(epoch);
    assertThat(administration.suspend(ALICE, ann)).isFalse();

    assertThat(administration.resume(ALICE, ann)).isTrue();
    assertThat(found().state()).isEqualTo(AccountState.ACTIVE);
    assertThat(administration.resume(ALICE, ann)).isFalse();

    assertThat(entries()).containsExactly(entry("account.suspend"), entry("account.resume"));
  }

  @Test
  public void shouldSetRolesAndPlanAndWriteWhatTheyAreNow() {
    assertThat(administration.setRoles(ALICE, ann, Set.of(Role.STAFF)))
        .containsExactlyInAnyOrder(Role.ARTIST, Role.STAFF);
    administration.setPlan(ALICE, ann, "studio");

    assertThat(found().roles()).containsExactlyInAnyOrder(Role.ARTIST, Role.STAFF);
    assertThat(found().plan()).isEqualTo("studio");
    assertThat(entries())
        .containsExactly(
            entry("account.role").with("roles", "artist staff"),
            entry("account.plan").with("plan", "studio"));
  }

  @Test
  public void shouldChangeAndWriteNothingForAnAccountOfAnotherTenantOrAWrongPlan() {
    Account before = found();

    assertThatThrownBy(() -> administration.suspend(BOB, ann)).hasMessageContaining("no such");
    assertThatThrownBy(() -> administration.resume(BOB, ann)).hasMessageContaining("no such");
    assertThatThrownBy(() -> administration.setPlan(BOB, ann, "studio"))
        .hasMessageContaining("no such");
    assertThatThrownBy(() -> administration.setRoles(BOB, ann, Set.of(Role.STAFF)))
        .hasMessageContaining("no such");
    assertThatThrownBy(() -> administration.setPlan(ALICE, ann, "Not a plan"))
        .hasMessageContaining("plan's name");

    assertThat(found()).isEqualTo(before);
    assertThat(fixture.audit().kept()).isEmpty();
  }

  @Test
  public void shouldNotChangeWhatTheAuditLogCannotTell() {
    Administration mute =
        new Administration(
            accounts,
            new Audit() {
              @Override
              public void append(TenantId tenant, AuditEntry entry) {
                throw new IllegalStateException("The audit log is full");
              }

              @Override
              public void appendApart(TenantId tenant, AuditEntry entry) {
                append(tenant, entry);
              }
            },
            fixture.db().tx());

    assertThatThrownBy(() -> mute.suspend(ALICE, ann)).hasMessageContaining("full");
    assertThatThrownBy(() -> mute.setPlan(ALICE, ann, "studio")).hasMessageContaining("full");

    assertThat(found().state()).isEqualTo(AccountState.ACTIVE);
    assertThat(found().plan()).isEqualTo("free");
  }

  @Test
  public void shouldKnowItsOwnersToTheKeysInTheirTenantOnly() {
    AccountKeyOwners owners = new AccountKeyOwners(fixture.store());

    assertThat(owners.kind()).isEqualTo("accounts");
    assertThat(owners.owns(ALICE, ann.value())).isTrue();
    assertThat(owners.owns(BOB, ann.value())).isFalse();
    fixture.keys().destroy(ALICE, ann.value());
    assertThat(owners.owns(ALICE, ann.value())).isTrue();
    fixture.store().remove(ALICE, ann);
    assertThat(owners.owns(ALICE, ann.value())).isFalse();
  }

  private Account found() {
    return accounts.find(ALICE, ann).orElseThrow();
  }

  private List<AuditEntry> entries() {
    return fixture.audit().kept().stream()
        .filter(kept -> kept.tenant().equals(ALICE))
        .map(TestAudit.Kept::entry)
        .toList();
  }

  private AuditEntry entry(String action) {
    AuditEntry entry = AuditEntry.of(Actor.operator(), action).on(ann.value()).ownedBy(ann);
    assertThat(entry.owner()).isEqualTo(Optional.of(ann));
    return entry;
  }
}

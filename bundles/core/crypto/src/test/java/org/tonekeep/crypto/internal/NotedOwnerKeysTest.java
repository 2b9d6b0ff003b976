package org.tonekeep.crypto.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tonekeep.testing.kit.TestTenants.ALICE;
import static org.tonekeep.testing.kit.TestTenants.BOB;

import org.junit.Test;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.testing.kit.TestAudit;
import org.tonekeep.testing.kit.TestKeys;

/** What the audit log learns of owners' keys. */
public final class NotedOwnerKeysTest {
  private static final String OWNER = "00000000-0000-7000-8000-00000000000a";

  private final TestAudit audit = new TestAudit();
  private final TestKeys inner = new TestKeys();

  @Test
  public void shouldNoteEachKeyOnceWhenItIsMadeAndWhenItIsDestroyed() {
    NotedOwnerKeys keys = new NotedOwnerKeys(inner, () -> audit);
    keys.create(ALICE, OWNER);
    keys.create(ALICE, OWNER);
    byte[] sealed = keys.seal(ALICE, OWNER, "t.c", new byte[] {1});
    assertThat(keys.open(ALICE, OWNER, "t.c", sealed)).containsExactly(1);
    assertThat(keys.list(ALICE, "", 10)).hasSize(1);
    keys.destroy(ALICE, OWNER);
    keys.destroy(ALICE, OWNER);
    keys.destroy(BOB, OWNER);

    assertThat(audit.actions(ALICE)).containsExactly("owner-key.create", "owner-key.destroy");
    assertThat(audit.kept())
        .extracting(TestAudit.Kept::entry)
        .extracting(AuditEntry::subject)
        .containsOnly(OWNER);
    assertThat(audit.actions(BOB)).isEmpty();
  }

  @Test
  public void shouldMakeAndDestroyKeysWhileTheLogIsAway() {
    NotedOwnerKeys keys = new NotedOwnerKeys(inner, () -> null);
    keys.create(ALICE, OWNER);
    assertThat(keys.exists(ALICE, OWNER)).isTrue();
    keys.destroy(ALICE, OWNER);

    assertThat(keys.exists(ALICE, OWNER)).isFalse();
  }
}

package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;

public final class OpenKeysTest {
  private static final TenantId ALICE = new TenantId("alice");
  private static final byte[] PLAIN = "anna@example.org".getBytes(UTF_8);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final TestClock clock = TestClock.standing();
  private final String owner = UUID.randomUUID().toString();

  private OpenKeys open() throws IOException {
    Path root = folder.getRoot().toPath();
    return OpenKeys.inFiles(
        new RootKey(new byte[32]), root.resolve("keys"), root.resolve("data"), clock);
  }

  @Test
  public void shouldOpenAfterARestartWhatWasSealedBefore() throws IOException {
    OpenKeys keys = open();
    keys.owners().create(ALICE, owner);
    byte[] sealed = keys.owners().seal(ALICE, owner, "t.c", PLAIN);
    byte[] tenants = keys.ring().seal(ALICE, "vault", PLAIN);
    byte[] mac = keys.day().mac(PLAIN);
    OpenKeys again = open();
    assertThat(again.owners().open(ALICE, owner, "t.c", sealed)).isEqualTo(PLAIN);
    assertThat(again.ring().open(ALICE, "vault", tenants)).isEqualTo(PLAIN);
    assertThat(again.day().mac(PLAIN)).isEqualTo(mac);
    assertThatThrownBy(() -> again.ring().open(ALICE, "other", tenants))
        .isInstanceOf(BrokenSealException.class);
    assertThatThrownBy(() -> again.owners().open(ALICE, owner, "t.d", sealed))
        .isInstanceOf(BrokenSealException.class);
  }

  @Test
  public void shouldBeUnreadableAtOnceAndForEverWhenDestroyed() throws IOException {
    OpenKeys keys = open();
    keys.owners().create(ALICE, owner);
    byte[] sealed = keys.owners().seal(ALICE, owner, "t.c", PLAIN);
    keys.owners().destroy(ALICE, owner);
    for (OpenKeys each : new OpenKeys[] {keys, open()}) {
      assertThat(each.owners().exists(ALICE, owner)).isFalse();
      assertThatThrownBy(() -> each.owners().open(ALICE, owner, "t.c", sealed))
          .isInstanceOf(NoOwnerKeyException.class);
      assertThatThrownBy(() -> each.owners().create(ALICE, owner))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}

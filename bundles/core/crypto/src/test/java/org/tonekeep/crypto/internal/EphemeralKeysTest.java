package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.tonekeep.crypto.api.NoOwnerKeyException;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;

/** Keys that are in memory and nowhere else. */
public final class EphemeralKeysTest {
  private static final TenantId ALICE = KeyLoop.TENANT;
  private static final TenantId BOB = new TenantId("bob");
  private static final String JOB = "01890000-0000-7000-8000-00000000000e";
  private static final String ANNA = "01890000-0000-7000-8000-00000000000a";
  private static final byte[] PLAIN = "a rough mix".getBytes(UTF_8);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private OpenKeys keys;

  @Before
  public void open() throws IOException {
    keys = reopened();
    keys.owners().create(ALICE, ANNA);
  }

  private OpenKeys reopened() throws IOException {
    return KeyLoop.open(folder.getRoot().toPath(), TestClock.standing());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> walk = Files.walk(folder.getRoot().toPath())) {
      return walk.filter(Files::isRegularFile)
          .map(file -> file + " " + file.toFile().length())
          .sorted()
          .toList();
    }
  }

  @Test
  public void shouldNeverWriteAnythingOfThem() throws IOException {
    List<String> before = files();
    keys.owners().createEphemeral(ALICE, JOB);
    keys.owners().createEphemeral(ALICE, JOB);
    byte[] sealed = keys.owners().seal(ALICE, JOB, "blob", PLAIN);
    assertThat(sealed).hasSize(PLAIN.length + org.tonekeep.crypto.api.OwnerKeys.OVERHEAD);
    assertThat(keys.owners().open(ALICE, JOB, "blob", sealed)).isEqualTo(PLAIN);
    assertThat(keys.owners().exists(ALICE, JOB)).isTrue();
    assertThat(keys.owners().exists(BOB, JOB)).isFalse();
    assertThat(keys.owners().list(ALICE, "", 10)).hasSize(1);
    assertThat(keys.owners().ephemeral(ALICE)).isEqualTo(1);
    keys.owners().destroy(ALICE, JOB);
    assertThat(keys.owners().exists(ALICE, JOB)).isFalse();
    assertThat(files()).isEqualTo(before);
    assertGone(keys, sealed);
  }

  private static void assertGone(OpenKeys where, byte[] sealed) {
    assertThatThrownBy(() -> where.owners().open(ALICE, JOB, "blob", sealed))
        .isInstanceOf(NoOwnerKeyException.class);
  }

  @Test
  public void shouldEndWithTheServiceAndBeUnknownToAnother() throws IOException {
    keys.owners().createEphemeral(ALICE, JOB);
    byte[] sealed = keys.owners().seal(ALICE, JOB, "blob", PLAIN);
    OpenKeys another = reopened();
    assertThat(another.owners().exists(ALICE, JOB)).isFalse();
    assertGone(another, sealed);
    keys.forget();
    assertGone(keys, sealed);
    assertThat(keys.owners().exists(ALICE, JOB)).isFalse();
  }

  @Test
  public void shouldNotMixWithKeysThatAreKept() {
    keys.owners().createEphemeral(ALICE, JOB);
    assertThatThrownBy(() -> keys.owners().create(ALICE, JOB))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keys.owners().createEphemeral(ALICE, ANNA))
        .isInstanceOf(IllegalStateException.class);
    keys.owners().destroy(ALICE, ANNA);
    assertThatThrownBy(() -> keys.owners().createEphemeral(ALICE, ANNA))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  public void shouldLeaveZeroesWhenItIsDestroyed() {
    byte[] bytes = Gcm.newKey();
    EphemeralKey key = new EphemeralKey(bytes);
    assertThat(key.getEncoded()).isEqualTo(bytes).isNotSameAs(bytes);
    key.destroy();
    assertThat(bytes).containsOnly(0);
    assertThat(key.isDestroyed()).isTrue();
    assertThatThrownBy(key::getEncoded).isInstanceOf(IllegalStateException.class);
  }
}

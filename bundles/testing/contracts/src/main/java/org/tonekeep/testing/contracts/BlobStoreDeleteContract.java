package org.tonekeep.testing.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.Test;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStore;
import org.tonekeep.storage.api.NoSuchBlobException;

/** Deleting is idempotent and takes exactly one blob. */
public abstract class BlobStoreDeleteContract extends BlobStoreFacet {
  @Test
  public void shouldDeleteOnceAndStaySilentAfterwards() throws IOException {
    BlobKey key = key(ALICE);
    put(key, bytes(1, 10));
    assertThat(store.delete(key)).isTrue();
    assertThat(store.delete(key)).isFalse();
    assertThat(store.stat(key)).isEmpty();
    assertThatThrownBy(() -> store.read(key, 0, BlobStore.TO_THE_END))
        .isInstanceOf(NoSuchBlobException.class);
    assertThat(store.list(ALICE, "", "", 10)).isEmpty();
  }

  @Test
  public void shouldBeSilentForABlobThatNeverWas() throws IOException {
    assertThat(store.delete(key(ALICE))).isFalse();
  }

  @Test
  public void shouldDeleteOnlyTheBlobOfThatKey() throws IOException {
    String owner = id();
    BlobKey gone = key(ALICE, owner);
    BlobKey sibling = key(ALICE, owner);
    BlobKey stranger = new BlobKey(BOB, owner, gone.kind(), gone.id());
    put(gone, bytes(1, 10));
    put(sibling, bytes(2, 10));
    put(stranger, bytes(3, 10));
    assertThat(store.delete(gone)).isTrue();
    assertThat(stored(sibling)).isEqualTo(bytes(2, 10));
    assertThat(stored(stranger)).isEqualTo(bytes(3, 10));
  }

  @Test
  public void shouldTakeTheKeyAgainAfterADelete() throws IOException {
    BlobKey key = key(ALICE);
    put(key, bytes(1, 10));
    assertThat(store.delete(key)).isTrue();
    put(key, bytes(2, 20));
    assertThat(stored(key)).isEqualTo(bytes(2, 20));
    assertThat(store.list(ALICE, "", "", 10)).hasSize(1);
  }
}

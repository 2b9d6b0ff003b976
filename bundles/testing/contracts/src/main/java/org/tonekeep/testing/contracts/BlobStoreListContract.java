package org.tonekeep.testing.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.Test;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;

/** Lists are in the order of paths, in pages, of one tenant or one owner only. */
public abstract class BlobStoreListContract extends BlobStoreFacet {
  private List<String> fill(int owners, int each) throws IOException {
    TreeSet<String> paths = new TreeSet<>();
    for (int i = 0; i < owners; i++) {
      String owner = id();
      for (int j = 0; j < each; j++) {
        String kind = j % 2 == 0 ? "peaks" : "peaksraw";
        BlobKey key = new BlobKey(ALICE, owner, kind, id());
        put(key, bytes(j, j));
        paths.add(key.path());
      }
    }
    put(key(BOB), bytes(1, 1));
    return new ArrayList<>(paths);
  }

  @Test
  public void shouldListNothingOfAnEmptyTenantOrAnUnknownOwner() throws IOException {
    assertThat(store.list(ALICE, "", "", 10)).isEmpty();
    assertThat(store.list(ALICE, id(), "", 10)).isEmpty();
  }

  @Test
  public void shouldListATenantInTheOrderOfPathsForEveryPageSize() throws IOException {
    List<String> expected = fill(5, 5);
    for (int limit : new int[] {1, 2, 7, 25, 26, 1000}) {
      assertThat(paths(ALICE, "", limit)).isEqualTo(expected);
    }
  }

  @Test
  public void shouldListOneOwnerOnly() throws IOException {
    List<String> all = fill(4, 5);
    for (String path : List.of(all.get(0), all.get(19))) {
      String owner = path.split("/", -1)[1];
      List<String> own = all.stream().filter(p -> p.contains("/" + owner + "/")).toList();
      for (int limit : new int[] {1, 3, 5, 1000}) {
        assertThat(paths(ALICE, owner, limit)).isEqualTo(own).hasSize(5);
      }
    }
  }

  @Test
  public void shouldListAnOwnerOfOneTenantOnly() throws IOException {
    String owner = id();
    BlobKey mine = key(ALICE, owner);
    put(mine, bytes(1, 3));
    put(key(BOB, owner), bytes(1, 4));
    assertThat(paths(ALICE, owner, 10)).containsExactly(mine.path());
  }

  @Test
  public void shouldGoOnAfterACursorWhoseBlobIsGone() throws IOException {
    List<String> all = fill(3, 4);
    BlobStat fifth = store.list(ALICE, "", all.get(3), 1).get(0);
    assertThat(fifth.key().path()).isEqualTo(all.get(4));
    store.delete(fifth.key());
    List<BlobStat> rest = store.list(ALICE, "", all.get(4), 1000);
    assertThat(rest).extracting(s -> s.key().path()).isEqualTo(all.subList(5, all.size()));
  }

  @Test
  public void shouldTellTheLengthOfEachBlob() throws IOException {
    BlobKey key = key(ALICE);
    put(key, bytes(1, 12_345));
    BlobStat stat = store.list(ALICE, "", "", 10).get(0);
    assertThat(stat).isEqualTo(store.stat(key).orElseThrow());
    assertThat(stat.length()).isEqualTo(12_345);
  }

  @Test
  public void shouldRefuseALimitOutsideItsRange() {
    assertThatThrownBy(() -> store.list(ALICE, "", "", 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.list(ALICE, "", "", 1001))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

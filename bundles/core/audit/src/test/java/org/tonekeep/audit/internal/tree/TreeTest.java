package org.tonekeep.audit.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** Trees in tiles against the definition of RFC 6962, word for word. */
public final class TreeTest {
  private static final int[] SIZES = {
    1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537, 70_000
  };

  private final List<byte[]> leaves = new ArrayList<>();
  private final Map<String, byte[]> kept = new HashMap<>();

  /** Section 2.1, naively. */
  private byte[] mth(int from, int to) {
    if (to - from == 1) {
      return leaves.get(from);
    }
    int left = Integer.highestOneBit(to - from - 1);
    return TreeHash.node(mth(from, from + left), mth(from + left, to));
  }

  private Tiles tiles() {
    return (level, tile, width) -> {
      byte[] found = kept.get(level + "/" + tile);
      if (found == null || found.length < width * TreeHash.LENGTH) {
        throw new BrokenTreeException("missing");
      }
      return Arrays.copyOf(found, width * TreeHash.LENGTH);
    };
  }

  private void grow(int to) {
    Growth growth = new Growth(leaves.size(), tiles());
    while (leaves.size() < to) {
      byte[] leaf = TreeHash.leaf(ByteBuffer.allocate(4).putInt(leaves.size()).array());
      leaves.add(leaf);
      growth.add(leaf);
    }
    growth.takeFull().forEach((path, hashes) -> kept.put(path.level() + "/" + path.tile(), hashes));
    growth.partial().forEach((path, hashes) -> kept.put(path.level() + "/" + path.tile(), hashes));
    assertThat(growth.root()).isEqualTo(mth(0, to));
  }

  @Test
  public void shouldHaveTheRootAndTheProofsOfTheDefinitionAtEverySize() {
    for (int size : SIZES) {
      grow(size);
      TreeView view = new TreeView(size, tiles());
      byte[] root = mth(0, size);
      assertThat(view.root()).isEqualTo(root);
      for (int leaf : new int[] {0, size / 3, size / 2, size - 1}) {
        List<byte[]> path = view.inclusion(leaf);
        assertThat(ProofCheck.includes(leaf, size, leaves.get(leaf), path, root)).isTrue();
        assertThat(ProofCheck.includes(leaf ^ 1, size, leaves.get(leaf), path, root)).isFalse();
      }
      for (int earlier : new int[] {1, size / 3 + 1, size / 2 + 1, size}) {
        if (earlier <= size) {
          byte[] before = mth(0, earlier);
          assertThat(view.rootAt(earlier)).isEqualTo(before);
          assertThat(ProofCheck.consistent(earlier, size, view.consistency(earlier), before, root))
              .isTrue();
        }
      }
    }
  }

  @Test
  public void shouldKeepTheTilesThatTheSpecificationCountsForSeventyThousand() {
    grow(70_000);

    assertThat(kept).hasSize(274 + 2 + 1);
    assertThat(kept.get("0/273")).hasSize(112 * TreeHash.LENGTH);
    assertThat(kept.get("1/0")).hasSize(8192);
    assertThat(kept.get("1/1")).hasSize(17 * TreeHash.LENGTH);
    assertThat(kept.get("2/0")).hasSize(TreeHash.LENGTH);
  }

  @Test
  public void shouldRefuseToGrowWithoutItsEdge() {
    grow(300);
    kept.remove("0/1");

    assertThatThrownBy(() -> new Growth(300, tiles())).isInstanceOf(BrokenTreeException.class);
  }

  @Test
  public void shouldReadOneSpellingOfEachTileOnly() {
    for (String path :
        new String[] {"0/000", "1/x001/x234/067", "entries/001.p/255", "63/000", "0/999.p/1"}) {
      assertThat(TilePath.parse(path)).map(TilePath::toString).contains(path);
    }
    for (String path :
        new String[] {
          "00/000", "64/000", "0/0", "0/x000/001", "0/001.p/0", "0/001.p/256", "0/001.p/01",
              "-1/000",
          "entries/1", "0/001/", "0//001", "0/x001", "0/001.p/", "", "0/../1",
              "0/\u0661\u0661\u0661"
        }) {
      assertThat(TilePath.parse(path)).as(path).isEmpty();
    }
  }
}

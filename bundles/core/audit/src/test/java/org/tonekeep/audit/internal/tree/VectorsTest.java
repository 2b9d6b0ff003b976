package org.tonekeep.audit.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.Test;

/** What others say about the same trees. */
public final class VectorsTest {
  /** The leaves of the tree that RFC 6962's reference implementation is tested with. */
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");

  /** The roots of its first one to eight leaves. */
  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static final int FIRST = 4;
  private static final int PROOF = 8;

  @Test
  public void shouldHaveTheRootsOfRfc6962() {
    Growth tree = new Growth();
    assertThat(HexFormat.of().formatHex(tree.root()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (int i = 0; i < LEAVES.size(); i++) {
      tree.add(TreeHash.leaf(HexFormat.of().parseHex(LEAVES.get(i))));
      assertThat(HexFormat.of().formatHex(tree.root())).isEqualTo(ROOTS.get(i));
    }
  }

  @Test
  public void shouldJudgeEachInclusionProofAsTransparencyDevDoes() {
    List<String[]> vectors = vectors("inclusion");
    for (String[] vector : vectors) {
      boolean included =
          ProofCheck.includes(
              Long.parseUnsignedLong(vector[FIRST]),
              Long.parseUnsignedLong(vector[FIRST + 1]),
              bytes(vector[FIRST + 3]),
              proof(vector),
              bytes(vector[FIRST + 2]));
      assertThat(included).as(vector[1]).isEqualTo(vector[3].equals("false"));
    }
    assertThat(vectors).hasSize(98);
  }

  @Test
  public void shouldJudgeEachConsistencyProofAsTransparencyDevDoes() {
    List<String[]> vectors = vectors("consistency");
    for (String[] vector : vectors) {
      boolean consistent =
          ProofCheck.consistent(
              Long.parseUnsignedLong(vector[FIRST]),
              Long.parseUnsignedLong(vector[FIRST + 1]),
              proof(vector),
              bytes(vector[FIRST + 2]),
              bytes(vector[FIRST + 3]));
      assertThat(consistent).as(vector[1]).isEqualTo(vector[3].equals("false"));
    }
    assertThat(vectors).hasSize(98);
  }

  private static List<byte[]> proof(String[] vector) {
    return Arrays.stream(vector).skip(PROOF).map(VectorsTest::bytes).toList();
  }

  private static byte[] bytes(String base64) {
    return base64.equals("-") ? new byte[0] : Base64.getDecoder().decode(base64);
  }

  private static List<String[]> vectors(String kind) {
    try (InputStream in =
        Objects.requireNonNull(
            VectorsTest.class.getResourceAsStream("/vectors/transparency-dev.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(kind + ";"))
          .map(line -> line.split(";", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

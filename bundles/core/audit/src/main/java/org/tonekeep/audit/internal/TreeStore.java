package org.tonekeep.audit.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.internal.tree.BrokenTreeException;
import org.tonekeep.audit.internal.tree.TilePath;
import org.tonekeep.audit.internal.tree.Tiles;
import org.tonekeep.audit.internal.tree.TreeHash;
import org.tonekeep.persistence.api.Migrated;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/** The rows of {@code audit_tree}, {@code audit_leaf} and {@code audit_tile}. */
@Component(service = TreeStore.class)
public final class TreeStore {
  private final Sql sql;
  private final Tx tx;

  @Activate
  public TreeStore(
      @Reference(target = "(osgi.jndi.service.name=tonekeep)") DataSource source,
      @SuppressWarnings("unused") // only its being there matters
          @Reference(target = "(unit=audit)")
          Migrated migrated,
      @Reference Tx tx) {
    this(source, tx);
  }

  TreeStore(DataSource source, Tx tx) {
    this.sql = new Sql(source);
    this.tx = tx;
  }

  /** Whether no other process can grow the trees. */
  boolean embedded() {
    return sql.embedded();
  }

  Optional<TreeRow> find(TenantId tenant) {
    return sql.one(
        "SELECT origin, sealed_key, leaves, checkpoint, signed_at FROM audit_tree WHERE tenant = ?",
        row ->
            new TreeRow(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5))),
        tenant.value());
  }

  /** Makes the tree, unless another node was faster. */
  void create(TenantId tenant, String origin, String sealedKey) {
    try {
      tx.run(
          tenant,
          () -> {
            int unused =
                sql.update(
                    "INSERT INTO audit_tree (tenant, origin, sealed_key, leaves, checkpoint,"
                        + " signed_at) VALUES (?, ?, ?, 0, '', 0)",
                    tenant.value(),
                    origin,
                    sealedKey);
          });
    } catch (AuditStoreException e) {
      if (!e.duplicate()) {
        throw e;
      }
    }
  }

  /** Holds the tree until the transaction ends: nobody else grows it meanwhile. */
  Optional<TreeRow> hold(TenantId tenant) {
    int held = sql.update("UPDATE audit_tree SET leaves = leaves WHERE tenant = ?", tenant.value());
    return held == 1 ? find(tenant) : Optional.empty();
  }

  void signed(TenantId tenant, long leaves, String checkpoint, Instant at) {
    int unused =
        sql.update(
            "UPDATE audit_tree SET leaves = ?, checkpoint = ?, signed_at = ? WHERE tenant = ?",
            leaves,
            checkpoint,
            at.toEpochMilli(),
            tenant.value());
  }

  /** Notes which leaves entries are. */
  void place(TenantId tenant, long first, List<String> entries) {
    List<Object[]> rows = new ArrayList<>();
    for (String entry : entries) {
      rows.add(new Object[] {tenant.value(), first + rows.size(), entry});
    }
    sql.batch("INSERT INTO audit_leaf (tenant, idx, entry) VALUES (?, ?, ?)", rows);
  }

  /** Which leaf an entry is. */
  Optional<Long> index(TenantId tenant, String entry) {
    return sql.one(
        "SELECT idx FROM audit_leaf WHERE tenant = ? AND entry = ?",
        row -> row.getLong(1),
        tenant.value(),
        entry);
  }

  /** The first entry that has a leaf beyond the tree. */
  Optional<String> beyond(TenantId tenant, long leaves) {
    return sql.one(
        "SELECT entry FROM audit_leaf WHERE tenant = ? AND idx >= ? ORDER BY idx"
            + " FETCH FIRST 1 ROWS ONLY",
        row -> row.getString(1),
        tenant.value(),
        leaves);
  }

  /**
   * Writes tiles or bundles.
   *
   * @param before how many leaves the tree had: says which rows are there
   */
  void write(TenantId tenant, long before, Map<TilePath, byte[]> tiles) {
    List<Object[]> made = new ArrayList<>();
    List<Object[]> wider = new ArrayList<>();
    tiles.forEach(
        (path, content) -> {
          String text = Base64.getEncoder().encodeToString(content);
          if (TilePath.width(before, path.level(), path.tile()) == 0) {
            made.add(new Object[] {tenant.value(), path.level(), path.tile(), path.width(), text});
          } else {
            wider.add(new Object[] {path.width(), text, tenant.value(), path.level(), path.tile()});
          }
        });
    if (!made.isEmpty()) {
      sql.batch(
          "INSERT INTO audit_tile (tenant, height, tile, width, content) VALUES (?, ?, ?, ?, ?)",
          made);
    }
    if (!wider.isEmpty()) {
      sql.batch(
          "UPDATE audit_tile SET width = ?, content = ? WHERE tenant = ? AND height = ?"
              + " AND tile = ?",
          wider);
    }
  }

  /** A tile's or bundle's content as far as it is there; empty when it is not. */
  Optional<byte[]> content(TenantId tenant, int level, long tile) {
    return sql.one(
        "SELECT content FROM audit_tile WHERE tenant = ? AND height = ? AND tile = ?",
        row -> decoded(row.getString(1)),
        tenant.value(),
        level,
        tile);
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // somebody else wrote it: as good as missing
    }
  }

  /** The tiles of a tenant's tree. */
  Tiles tiles(TenantId tenant) {
    return (level, tile, width) -> {
      byte[] found = content(tenant, level, tile).orElse(new byte[0]);
      if (found.length < width * TreeHash.LENGTH) {
        throw new BrokenTreeException(
            "Tile " + new TilePath(level, tile, width) + " is missing or too short");
      }
      return found;
    };
  }

  /**
   * The first leaves of a bundle.
   *
   * @throws BrokenTreeException when it has fewer
   */
  List<byte[]> bundle(TenantId tenant, long tile, int width) {
    List<byte[]> leaves = leaves(content(tenant, TilePath.ENTRIES, tile).orElse(new byte[0]));
    if (leaves.size() < width) {
      throw new BrokenTreeException(
          "Bundle " + new TilePath(TilePath.ENTRIES, tile, width) + " is missing or too short");
    }
    return leaves.subList(0, width);
  }

  private static List<byte[]> leaves(byte[] bundle) {
    List<byte[]> leaves = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(bundle);
    while (rest.remaining() >= Short.BYTES) {
      int length = Short.toUnsignedInt(rest.getShort());
      if (length > rest.remaining()) {
        break; // what follows is nobody's
      }
      byte[] leaf = new byte[length];
      rest.get(leaf);
      leaves.add(leaf);
    }
    return leaves;
  }

  /** Leaves as a bundle has them: each after its length (big-endian, 16 bits). */
  static byte[] bundle(List<byte[]> leaves) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    for (byte[] leaf : leaves) {
      bundle.write(leaf.length >> Byte.SIZE);
      bundle.write(leaf.length);
      bundle.write(leaf, 0, leaf.length);
    }
    return bundle.toByteArray();
  }

  /** The first bytes of a bundle of ours, of that many leaves. */
  static byte[] cut(byte[] bundle, int leaves) {
    return Arrays.copyOf(bundle, Math.min(bundle.length, leaves * (Short.BYTES + Leaf.LENGTH)));
  }
}

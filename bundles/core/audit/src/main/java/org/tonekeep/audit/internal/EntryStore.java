package org.tonekeep.audit.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.persistence.api.Migrated;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.TenantId;

/**
 * The rows of {@code audit_entry}: plain JDBC, for this is the table that every act writes. An id
 * begins with its time, so that times are asked for by ids.
 */
@Component(service = EntryStore.class)
public final class EntryStore {
  private static final String COLUMNS =
      "e.id, e.happened_at, e.action, e.success, e.act_salt, e.actor_kind, e.actor, e.subject,"
          + " e.owner, e.peer, e.facts, e.salt, e.leaf, e.mac";

  private static final String INSERT =
      "INSERT INTO audit_entry (tenant, id, happened_at, action, success, act_salt, actor_kind,"
          + " actor, subject, owner, peer, facts, salt, leaf, mac)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String UNSEQUENCED =
      " AND NOT EXISTS (SELECT 1 FROM audit_leaf l WHERE l.tenant = e.tenant AND l.entry = e.id)";

  private final Sql sql;
  private final Tx tx;

  @Activate
  public EntryStore(
      @Reference(target = "(osgi.jndi.service.name=tonekeep)") DataSource source,
      @SuppressWarnings("unused") // only its being there matters
          @Reference(target = "(unit=audit)")
          Migrated migrated,
      @Reference Tx tx) {
    this(source, tx);
  }

  EntryStore(DataSource source, Tx tx) {
    this.sql = new Sql(source);
    this.tx = tx;
  }

  void insert(TenantId tenant, StoredEntry entry) {
    int unused =
        sql.update(
            INSERT,
            tenant.value(),
            entry.id(),
            entry.time(),
            entry.action(),
            entry.success(),
            entry.actSalt(),
            entry.actorKind(),
            entry.actor(),
            entry.subject(),
            entry.owner(),
            entry.peer(),
            entry.facts(),
            entry.salt(),
            entry.leaf(),
            entry.mac());
  }

  public Optional<StoredEntry> find(TenantId tenant, String id) {
    return sql.one(
        "SELECT " + COLUMNS + " FROM audit_entry e WHERE e.tenant = ? AND e.id = ?",
        EntryStore::entry,
        tenant.value(),
        id);
  }

  /** Entries, newest first. */
  public List<StoredEntry> list(TenantId tenant, EntryQuery wanted) {
    Where where = new Where(tenant);
    where.and("e.owner = ?", wanted.owner());
    boolean kind = wanted.actor().matches("[A-Z]+");
    where.and(kind ? "e.actor_kind = ?" : "e.actor = ?", wanted.actor());
    return list(where, wanted);
  }

  /**
   * Entries of what the account did and of what was done to what is its own, newest first. The
   * query's own owner and actor are not asked for.
   */
  public List<StoredEntry> concerning(TenantId tenant, AccountId account, EntryQuery wanted) {
    Where own = new Where(tenant);
    own.and("e.owner = ?", account.value());
    Where done = new Where(tenant);
    done.and("e.actor = ?", account.value());
    done.and("e.owner <> ?", account.value());
    // Two keyed questions instead of one with OR, for which neither database uses both keys.
    return Stream.concat(list(own, wanted).stream(), list(done, wanted).stream())
        .sorted(Comparator.comparing(StoredEntry::id).reversed())
        .limit(wanted.limit())
        .toList();
  }

  private List<StoredEntry> list(Where where, EntryQuery wanted) {
    if (!wanted.action().isEmpty()) {
      where.add("SUBSTR(e.action, 1, " + wanted.action().length() + ") = ?", wanted.action());
    }
    where.and("e.subject = ?", wanted.subject());
    where.and("e.id < ?", wanted.before());
    wanted.since().ifPresent(since -> where.from(since));
    wanted.until().ifPresent(until -> where.to(until));
    return sql.query(
        "SELECT "
            + COLUMNS
            + " FROM audit_entry e WHERE "
            + where.text
            + " ORDER BY e.id DESC FETCH FIRST "
            + wanted.limit()
            + " ROWS ONLY",
        EntryStore::entry,
        where.values.toArray());
  }

  /** What is not in the tree yet, oldest first, from a time on. */
  List<StoredEntry> waiting(TenantId tenant, Instant since, int limit) {
    return sql.query(
        "SELECT "
            + COLUMNS
            + " FROM audit_entry e WHERE e.tenant = ? AND e.id >= ?"
            + UNSEQUENCED
            + " ORDER BY e.id FETCH FIRST "
            + limit
            + " ROWS ONLY",
        EntryStore::entry,
        tenant.value(),
        bound(since));
  }

  /** The oldest that never came into the tree. */
  Optional<StoredEntry> lost(TenantId tenant, Instant before) {
    return sql.one(
        "SELECT "
            + COLUMNS
            + " FROM audit_entry e WHERE e.tenant = ? AND (e.id < ? OR e.happened_at < ?)"
            + UNSEQUENCED
            + " ORDER BY e.id FETCH FIRST 1 ROWS ONLY",
        EntryStore::entry,
        tenant.value(),
        bound(before),
        before.toEpochMilli());
  }

  /** A page of an account's entries that can still be erased. */
  List<StoredEntry> ofAccount(TenantId tenant, AccountId account, int limit) {
    String text =
        "SELECT "
            + COLUMNS
            + " FROM audit_entry e WHERE e.tenant = ? AND e.%s = ? FETCH FIRST "
            + limit
            + " ROWS ONLY";
    List<StoredEntry> found =
        sql.query(text.formatted("owner"), EntryStore::entry, tenant.value(), account.value());
    return found.isEmpty()
        ? sql.query(text.formatted("actor"), EntryStore::entry, tenant.value(), account.value())
        : found;
  }

  /** Empties the private parts. */
  void empty(TenantId tenant, List<StoredEntry> entries, EntryMac macs) {
    sql.batch(
        "UPDATE audit_entry SET actor_kind = '', actor = '', subject = '', owner = '', peer = '',"
            + " facts = '', salt = '', mac = ? WHERE tenant = ? AND id = ?",
        entries.stream()
            .map(
                e ->
                    new Object[] {
                      Leaf.text(macs.erased(tenant, Leaf.bytes(e.leaf()))), tenant.value(), e.id()
                    })
            .toList());
  }

  /**
   * Removes entries that are older; what they are in the tree stays. One that is not in the tree
   * stays too.
   *
   * @return how many, at most {@code limit}
   */
  int purge(TenantId tenant, Instant until, int limit, Runnable before) {
    return tx.call(
        tenant,
        () -> {
          List<String> old =
              sql.query(
                  "SELECT e.id FROM audit_entry e, audit_leaf l WHERE e.tenant = ? AND e.id < ?"
                      + " AND e.happened_at <= ? AND l.tenant = e.tenant AND l.entry = e.id"
                      + " FETCH FIRST "
                      + limit
                      + " ROWS ONLY",
                  row -> row.getString(1),
                  tenant.value(),
                  bound(until.plusSeconds(1)),
                  until.toEpochMilli());
          if (!old.isEmpty()) {
            before.run();
            List<Object[]> rows =
                old.stream().map(id -> new Object[] {tenant.value(), id}).toList();
            sql.batch("DELETE FROM audit_entry WHERE tenant = ? AND id = ?", rows);
            sql.batch("DELETE FROM audit_leaf WHERE tenant = ? AND entry = ?", rows);
          }
          return old.size();
        });
  }

  /**
   * The entries of leaves, by index; pruned ones are missing. Derby, which knows little of how
   * large tables are, would read the whole table for each page; to PostgreSQL the hints are
   * comments.
   */
  List<Indexed> leaves(TenantId tenant, long from, long to) {
    return sql.query(
        "SELECT l.idx, "
            + COLUMNS
            + " FROM --DERBY-PROPERTIES joinOrder=FIXED\n"
            + " audit_leaf l, audit_entry e"
            + " --DERBY-PROPERTIES joinStrategy=NESTEDLOOP, constraint=AUDIT_ENTRY_PK\n"
            + " WHERE l.tenant = ? AND l.idx >= ? AND l.idx < ?"
            + " AND e.tenant = l.tenant AND e.id = l.entry",
        row -> new Indexed(row.getLong(1), entry(row, 1)),
        tenant.value(),
        from,
        to);
  }

  /** How many rows there are. */
  long count(TenantId tenant) {
    return sql.one(
            "SELECT COUNT(*) FROM audit_entry WHERE tenant = ?",
            row -> row.getLong(1),
            tenant.value())
        .orElse(0L);
  }

  /** An entry at its place in the tree. */
  record Indexed(long index, StoredEntry entry) {}

  private static StoredEntry entry(ResultSet row) throws SQLException {
    return entry(row, 0);
  }

  private static StoredEntry entry(ResultSet row, int after) throws SQLException {
    return new StoredEntry(
        row.getString(after + 1),
        row.getLong(after + 2),
        row.getString(after + 3),
        row.getInt(after + 4),
        row.getString(after + 5),
        row.getString(after + 6),
        row.getString(after + 7),
        row.getString(after + 8),
        row.getString(after + 9),
        row.getString(after + 10),
        row.getString(after + 11),
        row.getString(after + 12),
        row.getString(after + 13),
        row.getString(after + 14));
  }

  /** The least id of a time. */
  private static String bound(Instant time) {
    String hex = "%012x".formatted(Math.max(0, time.toEpochMilli()));
    return hex.substring(0, 8) + "-" + hex.substring(8) + "-0000-0000-000000000000";
  }

  /** Conditions with their values. */
  private static final class Where {
    private final StringBuilder text = new StringBuilder("e.tenant = ?");
    private final List<Object> values = new ArrayList<>();

    Where(TenantId tenant) {
      values.add(tenant.value());
    }

    /** A condition that an empty value is none of. */
    void and(String condition, String value) {
      if (!value.isEmpty()) {
        add(condition, value);
      }
    }

    void add(String condition, Object... bound) {
      text.append(" AND ").append(condition);
      Collections.addAll(values, bound);
    }

    void from(Instant since) {
      add("e.id >= ?", bound(since.minusSeconds(1)));
      add("e.happened_at >= ?", since.toEpochMilli());
    }

    void to(Instant until) {
      add("e.id < ?", bound(until.plusSeconds(1)));
      add("e.happened_at < ?", until.toEpochMilli());
    }
  }
}

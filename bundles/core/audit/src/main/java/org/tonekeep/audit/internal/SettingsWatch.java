package org.tonekeep.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.persistence.api.Migrated;
import org.tonekeep.persistence.api.Tx;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.tenant.api.Tenants;

/**
 * Writes down when a tenant's file has changed: which keys, never their values. The database
 * remembers what was in force, so that a change while the platform stood, or one that several nodes
 * see, is one entry.
 */
@Component(service = SettingsWatch.class)
public final class SettingsWatch {
  private static final String PURPOSE = "audit.settings";
  private static final int FINGERPRINT = 8;
  private static final int FACTS = 9;
  private static final int LONGEST = 100;
  private static final int ROOM = 16_000;

  private final Sql sql;
  private final Tenants tenants;
  private final AuditLog log;
  private final KeyRing keys;
  private final Tx tx;
  private final Map<TenantId, String> known = new java.util.concurrent.ConcurrentHashMap<>();

  @Activate
  public SettingsWatch(
      @Reference(target = "(osgi.jndi.service.name=tonekeep)") DataSource source,
      @SuppressWarnings("unused") // only its being there matters
          @Reference(target = "(unit=audit)")
          Migrated migrated,
      @Reference Tenants tenants,
      @Reference AuditLog log,
      @Reference KeyRing keys,
      @Reference Tx tx) {
    this(source, tenants, log, keys, tx);
  }

  SettingsWatch(DataSource source, Tenants tenants, AuditLog log, KeyRing keys, Tx tx) {
    this.sql = new Sql(source);
    this.tenants = tenants;
    this.log = log;
    this.keys = keys;
    this.tx = tx;
  }

  /** Notes what has changed since the last look, whoever looked. */
  void look() {
    for (Tenant tenant : tenants.all()) {
      String now = text(fingerprints(tenant));
      if (now.length() <= ROOM && !now.equals(known.get(tenant.id()))) {
        note(tenant.id(), now);
        known.put(tenant.id(), now);
      }
    }
  }

  private void note(TenantId tenant, String now) {
    tx.run(
        tenant,
        () -> {
          int held =
              sql.update(
                  "UPDATE audit_settings SET fingerprints = fingerprints WHERE tenant = ?",
                  tenant.value());
          String before =
              sql.one(
                      "SELECT fingerprints FROM audit_settings WHERE tenant = ?",
                      row -> row.getString(1),
                      tenant.value())
                  .orElse("");
          if (before.equals(now)) {
            return;
          }
          int unused =
              sql.update(
                  held == 1
                      ? "UPDATE audit_settings SET fingerprints = ? WHERE tenant = ?"
                      : "INSERT INTO audit_settings (fingerprints, tenant) VALUES (?, ?)",
                  now,
                  tenant.value());
          log.append(tenant, entry(held == 1, changed(map(before), map(now))));
        });
  }

  private static AuditEntry entry(boolean knew, List<String> changed) {
    AuditEntry entry = AuditEntry.of(Actor.operator(), knew ? "settings.change" : "settings.begin");
    if (!knew) {
      return entry;
    }
    int number = 1;
    for (String line : lines(changed)) {
      entry = entry.with("keys" + number++, line);
    }
    return entry;
  }

  /** As many names as there is room for, and how many more. */
  private static List<String> lines(List<String> changed) {
    List<String> lines = new java.util.ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < changed.size(); i++) {
      String name = changed.get(i);
      if (line.length() + 1 + name.length() > LONGEST) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (lines.size() == FACTS) {
        lines.add("and " + (changed.size() - i) + " more");
        return lines;
      }
      line.append(line.length() == 0 ? "" : " ").append(name);
    }
    lines.add(line.toString());
    return lines;
  }

  private static List<String> changed(SortedMap<String, String> before, Map<String, String> now) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .filter(name -> !before.getOrDefault(name, "").equals(now.getOrDefault(name, "")))
        .toList();
  }

  private SortedMap<String, String> fingerprints(Tenant tenant) {
    SortedMap<String, String> values = new TreeMap<>(tenant.settings().values());
    values.put("title", tenant.title());
    values.put("locale", tenant.locale().toLanguageTag());
    values.put("hosts", String.join(",", tenant.hosts()));
    values.put("features", String.join(",", new TreeSet<>(tenant.features())));
    values.put("suspended", Boolean.toString(tenant.suspended()));
    values.replaceAll((name, value) -> fingerprint(tenant.id(), name + "=" + value));
    return values;
  }

  private String fingerprint(TenantId tenant, String line) {
    return Leaf.text(Arrays.copyOf(keys.mac(tenant, PURPOSE, line.getBytes(UTF_8)), FINGERPRINT));
  }

  private static String text(SortedMap<String, String> fingerprints) {
    return fingerprints.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static SortedMap<String, String> map(String text) {
    SortedMap<String, String> map = new TreeMap<>();
    text.lines().map(line -> line.split(" ", 2)).forEach(parts -> map.put(parts[0], parts[1]));
    return map;
  }
}

package org.tonekeep.tenant.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.tenant.api.Gate.FeatureState;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;

/** What the console shows of tenants and features; for this bundle's commands only. */
@Component(service = TenantOverview.class)
public final class TenantOverview {
  private final TenantRegistry registry;
  private final Declarations declarations;

  @Activate
  public TenantOverview(@Reference TenantRegistry registry, @Reference Declarations declarations) {
    this.registry = registry;
    this.declarations = declarations;
  }

  /**
   * A tenant.
   *
   * @param standing in words: in force, last good in force, suspended, refused
   * @param problems why the newest file is not in force, and listed features that nobody ever
   *     declared here
   */
  public record Row(
      TenantId id,
      String standing,
      String title,
      List<String> hosts,
      String locale,
      List<FeatureRow> features,
      List<SettingRow> settings,
      List<String> inactiveKeys,
      List<String> problems) {}

  /**
   * A feature beside a tenant.
   *
   * @param state {@code on}, {@code off} (not listed) or {@code absent} (listed, but its bundle is
   *     not active)
   */
  public record FeatureRow(String id, String title, String state) {}

  /**
   * A setting of a tenant.
   *
   * @param source {@code file}, {@code last good} or {@code default}
   */
  public record SettingRow(String name, String value, String source, String description) {}

  /** All tenants ever seen, by id. */
  public List<Row> tenants() {
    return registry.view().statuses().stream().map(this::row).toList();
  }

  public Optional<Row> tenant(TenantId id) {
    return registry.view().status(id).map(this::row);
  }

  /** Files in the folder that name no tenant, each with the reason. */
  public List<String> strays() {
    return registry.strays().stream().map(Problem::toString).toList();
  }

  /** All features ever declared here. */
  public List<FeatureState> features() {
    return declarations.now().states();
  }

  /** The features that are declared or listed, as the tenant has them. */
  public List<FeatureRow> features(TenantId id) {
    return tenant(id).map(Row::features).orElse(List.of());
  }

  private Row row(Status status) {
    Declared declared = declarations.now();
    return new Row(
        status.id(),
        status.standing(),
        status.tenant().map(Tenant::title).orElse(""),
        status.tenant().map(Tenant::hosts).orElse(List.of()),
        status.tenant().map(t -> t.locale().toLanguageTag()).orElse(""),
        featureRows(status, declared),
        settingRows(status, declared),
        status.inactiveKeys(),
        problems(status, declared));
  }

  private static List<String> problems(Status status, Declared declared) {
    List<String> problems = new ArrayList<>();
    status.problems().forEach(p -> problems.add(p.toString()));
    for (String feature : status.tenant().map(declared::neverDeclared).orElse(List.of())) {
      problems.add(
          TenantValues.FEATURES
              + ": no bundle ever declared '"
              + feature
              + "' here; until one does, nothing comes in or goes out (promise-unkept)");
    }
    return problems;
  }

  private static List<FeatureRow> featureRows(Status status, Declared declared) {
    Set<String> listed = status.tenant().map(Tenant::features).orElse(Set.of());
    Set<String> ids = new TreeSet<>(listed);
    ids.addAll(declared.features().keySet());
    List<FeatureRow> rows = new ArrayList<>();
    for (String id : ids) {
      String present = declared.isActive(id) ? "on" : "absent";
      var feature = declared.features().get(id);
      rows.add(
          new FeatureRow(
              id, feature == null ? "" : feature.title(), listed.contains(id) ? present : "off"));
    }
    return rows;
  }

  private static List<SettingRow> settingRows(Status status, Declared declared) {
    Optional<Tenant> tenant = status.tenant();
    if (tenant.isEmpty()) {
      return List.of();
    }
    String given = status.fileInForce() ? "file" : "last good";
    List<SettingRow> rows = new ArrayList<>();
    for (SettingKey<?> key : declared.keys().values()) {
      String value = tenant.get().settings().values().get(key.name());
      rows.add(
          new SettingRow(
              key.name(),
              value == null ? key.defaultText() : value,
              value == null ? "default" : given,
              key.description()));
    }
    return rows;
  }
}

package org.tonekeep.tenant.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Feature;
import org.tonekeep.tenant.api.FeatureDeclaration;
import org.tonekeep.tenant.api.KeyDeclaration;
import org.tonekeep.tenant.api.Promise;
import org.tonekeep.tenant.api.SettingKey;
import org.tonekeep.tenant.api.TenantId;

/** A data folder with this bundle running on it, which can be stopped and started. */
final class Installation implements AutoCloseable {
  static final TenantId ALICE = new TenantId("alice");
  static final TenantId BOB = new TenantId("bob");
  static final SettingKey<Long> MAX =
      SettingKey.bytes("upload.maxBytes", "2GiB", 1, 1L << 40, "The largest upload");
  static final SettingKey<Duration> KEEP =
      SettingKey.duration("trash.keep", "P7D", Duration.ZERO, Duration.ofDays(90), "The trash");
  static final KeyDeclaration VAULT = () -> List.of(MAX);

  private final DataFolder data;
  private Declarations declarations;
  private TenantRegistry registry;

  Installation(Path root) {
    this.data = new DataFolder(root.resolve("data"), root.resolve("etc").resolve("tenants"));
    create(data.tenants());
    create(data.profiles());
    start();
  }

  /** Starts this bundle as at a restart: everything in memory is gone, nothing is declared yet. */
  void start() {
    declarations = new Declarations(new DeclarationMemory(data.declarations()));
    registry = new TenantRegistry(data, declarations);
  }

  void restart() {
    registry.close();
    start();
  }

  DataFolder data() {
    return data;
  }

  Declarations declarations() {
    return declarations;
  }

  TenantRegistry registry() {
    return registry;
  }

  TenantsInForce tenants() {
    return new TenantsInForce(registry);
  }

  FeatureGate gate() {
    return new FeatureGate(tenants(), declarations);
  }

  TenantEditor editor() {
    return new TenantEditor(data, registry, declarations);
  }

  Status status(TenantId id) {
    return registry.view().status(id).orElseThrow();
  }

  List<String> problems(TenantId id) {
    return status(id).toFileState().problems();
  }

  void write(TenantId id, String text) {
    write(new TenantFolder(data.tenants()).pathOf(id), text.getBytes(StandardCharsets.UTF_8));
    registry.look();
  }

  void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(TenantId id) {
    try {
      return Files.readString(new TenantFolder(data.tenants()).pathOf(id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(TenantId id) {
    DurableFile.delete(new TenantFolder(data.tenants()).pathOf(id));
    registry.look();
  }

  static String cfg(String hosts, String features, String... more) {
    return "title = A title\nhosts = "
        + hosts
        + "\nfeatures = "
        + features
        + "\n"
        + String.join("\n", more)
        + "\n";
  }

  static FeatureDeclaration feature(String id, Set<String> needs, SettingKey<?>... keys) {
    return declaration(
        new Feature(
            id, "Title of " + id, needs, List.of("/api/" + id), List.of(), List.of(), List.of()),
        keys);
  }

  static FeatureDeclaration keeper(String id, String promise, Act... guards) {
    return declaration(
        new Feature(
            id,
            "Title of " + id,
            Set.of(),
            List.of("/api/" + id),
            List.of("does one thing", "does another"),
            List.of(new Promise(promise, "It is kept", Set.of(guards))),
            List.of(id + ".look")));
  }

  static FeatureDeclaration declaration(Feature feature, SettingKey<?>... keys) {
    return new FeatureDeclaration() {
      @Override
      public Feature feature() {
        return feature;
      }

      @Override
      public List<SettingKey<?>> keys() {
        return List.of(keys);
      }
    };
  }

  @Override
  public void close() {
    registry.close();
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

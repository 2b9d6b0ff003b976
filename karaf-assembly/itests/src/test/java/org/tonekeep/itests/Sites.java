package org.tonekeep.itests;

import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.tonekeep.tenant.api.TenantFiles;
import org.tonekeep.tenant.api.TenantId;

/** Makes sites and edits their files, as an operator with an editor does. */
final class Sites {
  /** A change acts within this time, without a restart. */
  private static final Duration ACTS_WITHIN = Duration.ofSeconds(5);

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final BundleContext context;

  Sites(BundleContext context) {
    this.context = context;
  }

  static TenantId id(String tenant) {
    return new TenantId(tenant);
  }

  /** A new site like demo, on a host of its own. */
  String fromDemo() {
    String tenant = "site" + NUMBERS.incrementAndGet();
    files().create(id(tenant), "demo", java.util.List.of());
    return tenant;
  }

  TenantFiles files() {
    ServiceReference<TenantFiles> reference = context.getServiceReference(TenantFiles.class);
    return context.getService(reference);
  }

  static Path file(String tenant) {
    return Path.of(
        System.getProperty("tonekeep.data"), "tenants", "org.tonekeep.tenant~" + tenant + ".cfg");
  }

  TenantFiles.FileState state(String tenant) {
    return files().states().stream()
        .filter(state -> state.tenant().equals(id(tenant)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nobody ever saw " + tenant));
  }

  /** Replaces a line and waits until that is in force. */
  void edit(String tenant, String old, String line) throws Exception {
    write(tenant, text(tenant).replace(old, line));
    acts(
        tenant + " says " + line,
        () -> {
          String setting = line.split("=", 2)[0].strip();
          String value = line.split("=", 2)[1].strip();
          return state(tenant).inForce() && value.equals(tenants(tenant, setting));
        });
  }

  private String tenants(String tenant, String setting) {
    var reference = context.getServiceReference(org.tonekeep.tenant.api.Tenants.class);
    return context.getService(reference).require(id(tenant)).settings().values().get(setting);
  }

  static String text(String tenant) throws IOException {
    return Files.readString(file(tenant));
  }

  static void write(String tenant, String text) throws IOException {
    String before = text(tenant);
    assertTrue("The edit changes nothing", !before.equals(text));
    Files.writeString(file(tenant), text);
  }

  /** Waits for what a change brings; later than promised is an error. */
  static void acts(String what, Callable<Boolean> change) throws Exception {
    long start = System.nanoTime();
    Patience.until(what, change);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(what + " took " + took, took.compareTo(ACTS_WITHIN) <= 0);
  }
}

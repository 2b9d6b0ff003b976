package org.tonekeep.crypto.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.tonekeep.crypto.api.KeyRing;
import org.tonekeep.rest.api.Readiness.Health;
import org.tonekeep.testing.kit.TestClock;

public final class KeyStartTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  private final TestClock clock = TestClock.standing();
  private final List<Object> services = new ArrayList<>();

  /** A framework that knows two properties and one registry. */
  private BundleContext context() {
    Path root = folder.getRoot().toPath();
    return context(
        Map.of(
            "tonekeep.keys", root.resolve("keys").toString(),
            "tonekeep.data", root.resolve("data").toString()));
  }

  private BundleContext context(Map<String, String> properties) {
    return proxy(
        BundleContext.class,
        (method, arguments) ->
            switch (method) {
              case "getProperty" -> properties.get(arguments[0]);
              case "registerService" -> register(arguments[1]);
              default -> throw new UnsupportedOperationException(method);
            });
  }

  private Object register(Object service) {
    services.add(service);
    return proxy(
        ServiceRegistration.class,
        (method, arguments) -> {
          assertThat(method).isEqualTo("unregister");
          services.remove(service);
          return null;
        });
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  @Test
  public void shouldOfferTheRingAndBeReady() {
    KeyStart start = new KeyStart(context(), clock, "files", Map.of());
    assertThat(services).hasSize(3).element(1).isInstanceOf(KeyRing.class);
    Health health = start.check();
    assertThat(health.part()).isEqualTo("keys");
    assertThat(health.ready()).isTrue();
    start.stop();
    assertThat(services).isEmpty();
  }

  @Test
  public void shouldOfferNothingAndSayWhyWhenTheKeysAreGone() throws IOException {
    new KeyStart(context(), clock, "files", Map.of()).stop();
    Files.delete(folder.getRoot().toPath().resolve("keys/root.key"));
    KeyStart start = new KeyStart(context(), clock, "files", Map.of());
    assertThat(services).isEmpty();
    assertThat(start.check().ready()).isFalse();
    assertThat(start.check().detail()).contains("put the keys of this data back");
    start.stop();
  }

  @Test
  public void shouldOfferNothingAndSayWhyWhenTheFolderCannotBeUsed() throws IOException {
    Files.createFile(folder.getRoot().toPath().resolve("keys"));
    KeyStart start = new KeyStart(context(), clock, "files", Map.of());
    assertThat(services).isEmpty();
    assertThat(start.check().ready()).isFalse();
    start.stop();
  }

  @Test
  public void shouldGuessNoFolder() {
    Path root = folder.getRoot().toPath();
    assertThat(
            new KeyStart(
                    context(Map.of("tonekeep.data", root.toString())), clock, "files", Map.of())
                .check()
                .detail())
        .isEqualTo("The property tonekeep.keys is not set");
    KeyStart start =
        new KeyStart(context(Map.of("tonekeep.keys", root.toString())), clock, "files", Map.of());
    assertThat(start.check().ready()).isFalse();
    assertThat(start.check().detail()).isEqualTo("The property tonekeep.data is not set");
    assertThat(services).isEmpty();
    start.stop();
  }
}

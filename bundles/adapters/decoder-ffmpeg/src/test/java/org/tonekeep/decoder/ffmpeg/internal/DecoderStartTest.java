package org.tonekeep.decoder.ffmpeg.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.tonekeep.audio.api.AudioDecoder;

public final class DecoderStartTest {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();
  private final List<Object> services = new ArrayList<>();

  /** A framework with one registry and no property. */
  private BundleContext framework() {
    return proxy(
        BundleContext.class,
        (method, arguments) -> method.equals("registerService") ? register(arguments[1]) : null);
  }

  private Object register(Object service) {
    services.add(service);
    return proxy(ServiceRegistration.class, (method, arguments) -> services.remove(service));
  }

  private static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object result = answer.to(method.getName(), arguments);
              return method.getReturnType() == void.class ? null : result;
            }));
  }

  private interface Answer {
    @Nullable Object to(String method, Object[] arguments);
  }

  private DecoderStart start(String confinement, Path tools, Confinement... ladder) {
    DecoderLimits limits = DecoderLimits.DEFAULT;
    return new DecoderStart(
        framework(),
        DecoderUnderTest.tenants(confinement),
        new SandboxSearch(tools, limits, List.of(ladder)),
        DecoderUnderTest.spool(),
        limits);
  }

  @Test
  public void shouldOfferTheDecoderOnceWhatItLackedIsThere() throws Exception {
    Path tools = temporary.getRoot().toPath().resolve("tools");
    Files.writeString(tools, "a file in the place of the folder");
    DecoderStart start = start("best-effort", tools, Confinement.PRLIMIT);
    start.probe();
    assertThat(services).isEmpty();
    assertThat(start.check().part()).isEqualTo("decoder");
    assertThat(start.check().ready()).isFalse();
    assertThat(start.check().detail()).startsWith("no decoder: ");

    Files.delete(tools);
    start.probe();
    start.probe();
    assertThat(services).hasSize(1).first().isInstanceOf(AudioDecoder.class);
    assertThat(start.check().ready()).isTrue();

    start.stop();
    assertThat(services).isEmpty();
  }

  @Test
  public void shouldNameATenantsWishThatThisMachineDoesNotMeet() {
    DecoderStart start = start("required", DecoderUnderTest.TOOLS, Confinement.PRLIMIT);
    start.probe();
    assertThat(services).hasSize(1);
    assertThat(start.check().ready()).isFalse();
    assertThat(start.check().detail()).contains("prlimit", "requires");
    start.stop();
  }

  @Test
  public void shouldGiveUpASandboxThatStartsNothingAnyMore() throws Exception {
    Path tools = temporary.newFolder("tools").toPath();
    SandboxSearch search =
        new SandboxSearch(tools, DecoderLimits.DEFAULT, List.of(Confinement.PRLIMIT));
    search.look(false);
    Sandbox box = search.found().orElseThrow();
    assertThat(search.isBroken(box)).isFalse();
    Path program = new ToolFolder(tools).prepare().resolve("ffmpeg");
    Files.delete(program);
    assertThat(search.isBroken(box)).isTrue();
    assertThat(search.found()).isEmpty();
    assertThat(search.state()).isEqualTo("no decoder: prlimit does not start ffmpeg any more");
    search.look(false);
    assertThat(search.found()).isPresent();
  }

  @Test
  public void shouldGuessNoFolder() {
    DecoderConfig config =
        proxy(DecoderConfig.class, (method, arguments) -> method.equals("tools") ? "" : null);
    assertThatThrownBy(
            () -> new DecoderStart(framework(), config, DecoderUnderTest.tenants("required")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The property tonekeep.data is not set");
  }
}

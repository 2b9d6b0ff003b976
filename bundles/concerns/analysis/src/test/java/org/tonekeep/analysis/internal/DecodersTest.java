package org.tonekeep.analysis.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.tonekeep.audio.api.AudioDecoder;
import org.tonekeep.audio.api.AudioDecoder.Decoded;
import org.tonekeep.audio.api.PcmFormat;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.Settings;
import org.tonekeep.tenant.api.Tenant;
import org.tonekeep.tenant.api.TenantId;

public final class DecodersTest {
  private final AtomicInteger inUse = new AtomicInteger();

  @Test
  public void shouldUseTheNamedDecoderAndNoOther() throws IOException {
    Decoders decoders = new Decoders();
    ComponentServiceObjects<AudioDecoder> other = decoder("other", 8_000);
    ComponentServiceObjects<AudioDecoder> named = decoder("ffmpeg", 44_100);
    decoders.bind(other);
    assertThatThrownBy(() -> decoders.decode(tenant(Map.of()), null, null))
        .isInstanceOf(AdapterMissingException.class)
        .hasMessageContaining("analysis.decoder=ffmpeg");
    decoders.bind(named);
    assertThat(decoders.decode(tenant(Map.of()), null, null).format().sampleRate())
        .isEqualTo(44_100);
    Tenant choosy = tenant(Map.of("analysis.decoder", "other"));
    assertThat(decoders.decode(choosy, null, null).format().sampleRate()).isEqualTo(8_000);
    decoders.unbind(named);
    assertThatThrownBy(() -> decoders.decode(tenant(Map.of()), null, null))
        .isInstanceOf(AdapterMissingException.class);
    assertThat(inUse.get()).as("services given back").isZero();
  }

  private static Tenant tenant(Map<String, String> settings) {
    return new Tenant(
        new TenantId("alice"),
        "",
        List.of(),
        Set.of(),
        Locale.ENGLISH,
        new Settings(settings),
        false);
  }

  private ComponentServiceObjects<AudioDecoder> decoder(String name, int rate) {
    AudioDecoder decoder = (tenant, source, sink) -> new Decoded(new PcmFormat(rate, 1), 1, false);
    @SuppressWarnings("unchecked") // a proxy knows no type arguments
    ServiceReference<AudioDecoder> reference =
        (ServiceReference<AudioDecoder>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServiceReference.class},
                (proxy, method, arguments) -> name);
    return new ComponentServiceObjects<>() {
      @Override
      public AudioDecoder getService() {
        inUse.incrementAndGet();
        return decoder;
      }

      @Override
      public void ungetService(AudioDecoder service) {
        inUse.decrementAndGet();
      }

      @Override
      public ServiceReference<AudioDecoder> getServiceReference() {
        return reference;
      }
    };
  }
}

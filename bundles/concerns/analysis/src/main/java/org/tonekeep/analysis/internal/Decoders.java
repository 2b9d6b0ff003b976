package org.tonekeep.analysis.internal;

import java.io.IOException;
import java.util.Collection;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.audio.api.AudioDecoder;
import org.tonekeep.audio.api.AudioDecoder.Decoded;
import org.tonekeep.audio.api.AudioSource;
import org.tonekeep.audio.api.PcmSink;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.Tenant;

/** Finds the decoder that a tenant names, at the moment it is needed, and no other. */
@Component(service = Decoders.class)
public class Decoders {
  private final BundleContext bundle;

  @Activate
  public Decoders(BundleContext bundle) {
    this.bundle = bundle;
  }

  /**
   * As {@link AudioDecoder#decode}, with the tenant's decoder.
   *
   * @throws AdapterMissingException when it is not running
   */
  public Decoded decode(Tenant tenant, AudioSource source, PcmSink sink) throws IOException {
    String name = tenant.get(AnalysisFeature.DECODER);
    for (ServiceReference<AudioDecoder> reference : named(name)) {
      AudioDecoder decoder = bundle.getService(reference);
      if (decoder != null) {
        try {
          return decoder.decode(tenant.id(), source, sink);
        } finally {
          bundle.ungetService(reference);
        }
      }
    }
    throw new AdapterMissingException(AnalysisFeature.DECODER.name() + "=" + name);
  }

  private Collection<ServiceReference<AudioDecoder>> named(String name) {
    try {
      return bundle.getServiceReferences(
          AudioDecoder.class, "(" + AudioDecoder.DECODER + "=" + name + ")");
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("The key's parser lets only plain names through", e);
    }
  }
}

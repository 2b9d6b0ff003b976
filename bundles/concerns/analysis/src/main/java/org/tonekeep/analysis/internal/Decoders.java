package org.tonekeep.analysis.internal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.tonekeep.audio.api.AudioDecoder;
import org.tonekeep.audio.api.AudioDecoder.Decoded;
import org.tonekeep.audio.api.AudioSource;
import org.tonekeep.audio.api.PcmSink;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.Tenant;

/**
 * Finds the decoder that a tenant names, at the moment it is needed, and no other. While no decoder
 * at all is running this component is not there either, and with it the job's handler: the jobs
 * wait and no attempt is counted.
 */
@Component(service = Decoders.class)
public class Decoders {
  private final List<ComponentServiceObjects<AudioDecoder>> decoders = new CopyOnWriteArrayList<>();

  @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
  void bind(ComponentServiceObjects<AudioDecoder> decoder) {
    decoders.add(decoder);
  }

  void unbind(ComponentServiceObjects<AudioDecoder> decoder) {
    decoders.remove(decoder);
  }

  /**
   * As {@link AudioDecoder#decode}, with the tenant's decoder.
   *
   * @throws AdapterMissingException when it is not running
   */
  public Decoded decode(Tenant tenant, AudioSource source, PcmSink sink) throws IOException {
    String name = tenant.get(AnalysisFeature.DECODER);
    for (ComponentServiceObjects<AudioDecoder> objects : decoders) {
      if (name.equals(objects.getServiceReference().getProperty(AudioDecoder.DECODER))) {
        AudioDecoder decoder = objects.getService();
        if (decoder != null) {
          try {
            return decoder.decode(tenant.id(), source, sink);
          } finally {
            objects.ungetService(decoder);
          }
        }
      }
    }
    throw new AdapterMissingException(AnalysisFeature.DECODER.name() + "=" + name);
  }
}

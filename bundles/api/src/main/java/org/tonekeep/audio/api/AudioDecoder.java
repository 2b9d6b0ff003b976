package org.tonekeep.audio.api;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;
import org.tonekeep.tenant.api.TenantId;

/**
 * Decodes audio of any format that the platform takes. Implementations register it with the service
 * property {@link #DECODER}. Called by processors on job threads; thread-safe; each call is
 * independent.
 */
@ConsumerType
public interface AudioDecoder {
  /** Service property: the technology, such as {@code ffmpeg}. */
  String DECODER = "audio.decoder";

  /**
   * Decodes the first audio stream once, from begin to end, with bounded memory. A stream that is
   * damaged after some audio is decoded as far as it goes.
   *
   * @return what was decoded
   * @throws UndecodableAudioException when there is no audio in it, with a reason for a musician
   * @throws org.tonekeep.tenant.api.AdapterMissingException while the decoder cannot run on this
   *     machine, or not as the tenant's rules demand; nothing is wrong with the audio
   * @throws java.util.concurrent.CancellationException when the sink asked to stop
   * @throws IOException when the source fails or the decoder breaks off; trying again may help
   */
  Decoded decode(TenantId tenant, AudioSource source, PcmSink sink) throws IOException;

  /**
   * What was decoded.
   *
   * @param frames sample frames (one sample per channel)
   * @param truncated true when the stream ended in damage
   */
  record Decoded(PcmFormat format, long frames, boolean truncated) {
    /** Length in seconds. */
    public double durationSeconds() {
      return (double) frames / format.sampleRate();
    }
  }
}

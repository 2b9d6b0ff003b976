package org.tonekeep.audio.api;

/**
 * Format of decoded audio: 32-bit float, interleaved, nominal range -1 to 1 (may be exceeded).
 *
 * @param sampleRate in Hz, 1 to 768,000
 * @param channels 1 to 32
 * @param speakers which loudspeaker each channel is for, as the bits of WAVE_FORMAT_EXTENSIBLE's
 *     {@code dwChannelMask}, channels in the order of rising bits (1 front left, 2 front right, 4
 *     front centre, 8 low frequency, 16 back left, 32 back right, …); 0 when the file does not say
 */
public record PcmFormat(int sampleRate, int channels, int speakers) {
  public PcmFormat {
    if (sampleRate < 1 || sampleRate > 768_000 || channels < 1 || channels > 32) {
      throw new IllegalArgumentException("Not a PCM format");
    }
  }

  /** A format that does not say which loudspeaker a channel is for. */
  public PcmFormat(int sampleRate, int channels) {
    this(sampleRate, channels, 0);
  }
}

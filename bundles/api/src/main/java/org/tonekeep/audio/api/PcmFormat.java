package org.tonekeep.audio.api;

/**
 * Format of decoded audio: 32-bit float, interleaved, nominal range -1 to 1 (may be exceeded).
 *
 * @param sampleRate in Hz, 1 to 768,000
 * @param channels 1 to 32
 */
public record PcmFormat(int sampleRate, int channels) {
  public PcmFormat {
    if (sampleRate < 1 || sampleRate > 768_000 || channels < 1 || channels > 32) {
      throw new IllegalArgumentException("Not a PCM format");
    }
  }
}

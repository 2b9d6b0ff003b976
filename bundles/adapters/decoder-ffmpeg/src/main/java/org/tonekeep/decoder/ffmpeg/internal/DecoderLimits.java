package org.tonekeep.decoder.ffmpeg.internal;

import java.time.Duration;

/**
 * Bounds of one decode.
 *
 * @param length longest audio
 * @param sampleRate highest sample rate in Hz
 * @param channels most channels, at most 32
 * @param decodedBytes most bytes of decoded audio
 * @param addressSpace bytes of virtual memory of the process
 * @param cpu processor time of the process
 * @param work longest time that we wait for the process, in all
 * @param stall longest time that it may say nothing while we wait
 * @param processes processes and threads
 */
record DecoderLimits(
    Duration length,
    int sampleRate,
    int channels,
    long decodedBytes,
    long addressSpace,
    Duration cpu,
    Duration work,
    Duration stall,
    int processes) {

  static final DecoderLimits DEFAULT =
      new DecoderLimits(
          Duration.ofHours(12),
          384_000,
          32,
          64L << 30,
          1L << 30,
          Duration.ofMinutes(30),
          Duration.ofMinutes(40),
          Duration.ofSeconds(60),
          64);

  /** The same, no longer and with no more channels than a tenant takes. */
  DecoderLimits within(Duration longest, int mostChannels) {
    return new DecoderLimits(
        longest.compareTo(length) < 0 ? longest : length,
        sampleRate,
        Math.min(mostChannels, channels),
        decodedBytes,
        addressSpace,
        cpu,
        work,
        stall,
        processes);
  }
}

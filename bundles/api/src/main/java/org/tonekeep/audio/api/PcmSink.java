package org.tonekeep.audio.api;

/**
 * Takes decoded audio. Called by one thread: {@link #begin} once, then {@link #samples} until the
 * end.
 */
public interface PcmSink {
  /**
   * @param expectedFrames what the container says the length is, or -1 when it does not say; for
   *     progress only
   */
  void begin(PcmFormat format, long expectedFrames);

  /**
   * Takes the next sample frames. NaN and infinities were replaced by 0.
   *
   * @param interleaved reused by the caller after return: copy what you keep
   * @param frames sample frames in it, at least 1; {@code frames * channels} values are valid
   * @throws java.util.concurrent.CancellationException to stop the decoder
   */
  void samples(float[] interleaved, int frames);
}

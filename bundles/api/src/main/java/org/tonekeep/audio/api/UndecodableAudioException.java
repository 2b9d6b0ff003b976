package org.tonekeep.audio.api;

/** There is no audio that can be decoded. Trying again will not help. */
public final class UndecodableAudioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one sentence that a musician understands; no paths, no tool output
   */
  public UndecodableAudioException(String reason) {
    super(reason);
  }
}

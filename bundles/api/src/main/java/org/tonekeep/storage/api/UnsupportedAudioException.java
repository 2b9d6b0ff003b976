package org.tonekeep.storage.api;

/** The bytes are not audio of a kind that we take. */
public final class UnsupportedAudioException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param detail what a musician can act on; never the file's name or content
   */
  public UnsupportedAudioException(String detail) {
    super(detail);
  }
}

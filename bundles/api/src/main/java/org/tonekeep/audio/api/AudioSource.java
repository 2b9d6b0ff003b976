package org.tonekeep.audio.api;

import java.io.IOException;
import java.io.InputStream;

/** Encoded audio. */
public interface AudioSource {
  /** Media type by content, such as {@code audio/mpeg}. */
  String mediaType();

  /** Length in bytes. */
  long length();

  /** Opens the bytes from the beginning; the caller closes. May be called more than once. */
  InputStream open() throws IOException;
}

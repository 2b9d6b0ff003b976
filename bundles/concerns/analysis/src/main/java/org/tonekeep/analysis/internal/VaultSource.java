package org.tonekeep.analysis.internal;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.tonekeep.audio.api.AudioSource;
import org.tonekeep.catalog.api.Track;
import org.tonekeep.storage.api.Vault;

/** A track's original as a decoder's source; counts what was read, for progress. */
final class VaultSource implements AudioSource {
  private final Vault vault;
  private final Track track;
  private volatile long read;

  VaultSource(Vault vault, Track track) {
    this.vault = vault;
    this.track = track;
  }

  /** Bytes read since it was last opened. */
  long read() {
    return read;
  }

  @Override
  public String mediaType() {
    return track.mediaType();
  }

  @Override
  public long length() {
    return track.sizeBytes();
  }

  @Override
  public InputStream open() throws IOException {
    read = 0;
    return new FilterInputStream(vault.read(track.tenant(), track.original(), 0)) {
      private long count;

      @Override
      public int read() throws IOException {
        int one = super.read();
        if (one >= 0) {
          read = ++count;
        }
        return one;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        int n = super.read(target, offset, length);
        if (n > 0) {
          count += n;
          read = count;
        }
        return n;
      }
    };
  }
}

package org.tonekeep.storage.fs.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A range of a file that is all there. A file that became shorter is a failure, not an end. */
final class FileRange extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long position;

  FileRange(FileChannel channel, long offset, long length) {
    this.channel = channel;
    this.position = offset;
    this.end = offset + length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    if (position == end) {
      return -1;
    }
    int most = (int) Math.min(wanted, end - position);
    int now = channel.read(ByteBuffer.wrap(into, offset, most), position);
    if (now < 0) {
      throw new EOFException("A file of the store is shorter than it was");
    }
    position += now;
    return now;
  }

  @Override
  public long skip(long wanted) {
    long now = Math.max(0, Math.min(wanted, end - position));
    position += now;
    return now;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package org.tonekeep.storage.fs.internal;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What writing needs: a folder for what is not finished, and a way to publish what is. */
record Writing(Incoming incoming, Publisher publisher) {
  private static final Logger LOG = LoggerFactory.getLogger(Writing.class);

  /**
   * @throws org.tonekeep.storage.api.StorageUnavailableException when the disk is mounted read-only
   * @throws org.tonekeep.storage.api.StorageFullException when it is full
   */
  static Writing open(Folders folders, @Nullable Publisher wanted) throws IOException {
    try {
      Incoming incoming = Incoming.open(folders.root());
      Publisher publisher = wanted == null ? publisher(incoming) : wanted;
      if (publisher == Publisher.RENAME) {
        LOG.warn("{} has no hard links: only one process may use this store", folders.root());
      }
      return new Writing(incoming, publisher);
    } catch (IOException e) {
      throw Disk.explained(e);
    }
  }

  private static Publisher publisher(Incoming incoming) throws IOException {
    try {
      return Publisher.of(incoming);
    } catch (IOException e) {
      try {
        incoming.close();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }
}

package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The ledger in the folder of keys, and what was destroyed also in the data folder. */
final class FileLedger implements KeyLedger {
  private final Path keys;
  private final Marks destroyed;
  private final KeyDisk disk = new KeyDisk();

  FileLedger(Path keys, Marks destroyed) {
    this.keys = keys;
    this.destroyed = destroyed;
  }

  @Override
  public Set<String> destroyed() {
    try {
      return destroyed.all();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void addDestroyed(Set<String> marks) {
    try {
      for (String mark : marks) {
        destroyed.add(mark);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public Set<String> kinds() {
    try {
      return FileKeys.names(folder());
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void addKind(String kind) {
    try {
      KeyDisk.createFolders(folder());
      boolean unused = disk.publish(folder().resolve(kind), new byte[0], KeyDisk.KEY_MODE);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void check() {
    if (!Files.isDirectory(keys) || !Files.isWritable(keys)) {
      throw failed(new IOException(keys + " is gone or cannot be written"));
    }
  }

  private Path folder() {
    return keys.resolve("kinds");
  }

  private static KeysUnavailableException failed(IOException e) {
    return new KeysUnavailableException("The folder of keys fails", e);
  }
}

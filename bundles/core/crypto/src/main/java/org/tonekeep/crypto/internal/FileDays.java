package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;

/** One file of mode 0400 in {@code day/}; a lost or damaged one only splits the day. */
final class FileDays implements Days {
  private final Path folder;
  private final KeyDisk disk = new KeyDisk();

  FileDays(Path keys) {
    this.folder = keys.resolve("day");
  }

  @Override
  public synchronized byte[] of(LocalDate day) {
    try {
      KeyDisk.createFolders(folder);
      Path file = folder.resolve(day.toString());
      if (Files.exists(file) && Files.size(file) != Gcm.KEY) {
        KeyDisk.destroy(file);
      }
      boolean unused = disk.publish(file, Gcm.newKey(), KeyDisk.KEY_MODE);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new KeysUnavailableException("The folder of the day's secret fails", e);
    }
  }

  @Override
  public synchronized void destroyOthers(LocalDate day) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!file.endsWith(day.toString())) {
          KeyDisk.destroy(file);
        }
      }
    } catch (NoSuchFileException none) {
      return;
    } catch (IOException e) {
      throw new KeysUnavailableException("The folder of the day's secret fails", e);
    }
  }
}

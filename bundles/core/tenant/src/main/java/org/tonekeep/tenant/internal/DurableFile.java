package org.tonekeep.tenant.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/** Files that are whole, old or new, whatever happens to the machine. */
final class DurableFile {
  private DurableFile() {}

  /**
   * Writes UTF-8 text to a temporary file beside the target, syncs it and renames it. Keeps the
   * permissions of the file that it replaces; a symbolic link stays one.
   */
  static void write(Path file, String text) {
    try {
      Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      Path folder = target.resolveSibling(".").normalize();
      Files.createDirectories(folder);
      Path temp = folder.resolve("." + target.getFileName() + ".tmp");
      try (FileChannel out =
          FileChannel.open(
              temp,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      keepPermissions(target, temp);
      Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      sync(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the file for good; nothing happens when it is not there. */
  static void delete(Path file) {
    try {
      if (Files.deleteIfExists(file)) {
        sync(file.toAbsolutePath().resolveSibling(".").normalize());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    if (old == null || Files.notExists(from)) {
      return;
    }
    try {
      Files.setPosixFilePermissions(to, old.readAttributes().permissions());
    } catch (NoSuchFileException e) {
      // The operator removed the file a moment ago: then there is nothing to keep.
      return;
    }
  }

  /** A rename is durable only once its folder is. */
  private static void sync(Path folder) throws IOException {
    if (Files.getFileAttributeView(folder, PosixFileAttributeView.class) == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

package org.tonekeep.storage.fs.internal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Makes a finished temporary file appear under its name, atomically and never over another file.
 * {@code rename} would replace; {@code O_EXCL} on the name would show an empty file; so it is
 * {@code link}, which does neither.
 */
enum Publisher {
  /** Hard link: the file system itself refuses a taken name, also between processes. */
  LINK {
    @Override
    void publish(Path temporary, Path file) throws IOException {
      Files.createLink(file, temporary);
    }
  },
  /** Look, then rename, one at a time: for file systems without hard links, one process only. */
  RENAME {
    @Override
    void publish(Path temporary, Path file) throws IOException {
      synchronized (this) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileAlreadyExistsException(file.toString());
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  };

  private static final List<String> PASSING =
      List.of("input/output error", "no space left on device", "disk quota exceeded", "read-only");

  /**
   * @throws FileAlreadyExistsException when the name is taken
   */
  abstract void publish(Path temporary, Path file) throws IOException;

  /** The publisher that works where the temporary files lie. */
  static Publisher of(Incoming incoming) throws IOException {
    Path from = incoming.next();
    Path to = from.resolveSibling(UUID.randomUUID().toString());
    Disk.create(from).close();
    try {
      Files.createLink(to, from);
      return LINK;
    } catch (UnsupportedOperationException noLinks) {
      return RENAME;
    } catch (IOException e) {
      if (isPassing(e)) {
        // Else a disk that fails or is full once would be without links until the next start.
        throw Disk.explained(e);
      }
      return RENAME;
    } finally {
      Files.deleteIfExists(to);
      Files.deleteIfExists(from);
    }
  }

  private static boolean isPassing(IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return PASSING.stream().anyMatch(message::contains);
  }
}

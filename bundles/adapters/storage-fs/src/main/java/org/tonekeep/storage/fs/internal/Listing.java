package org.tonekeep.storage.fs.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tonekeep.storage.api.BlobKey;
import org.tonekeep.storage.api.BlobStat;
import org.tonekeep.tenant.api.TenantId;

/** One page of a list: walks the folders in order and skips those that end before the cursor. */
final class Listing {
  private final TenantId tenant;
  private final String after;
  private final int limit;
  private final List<BlobStat> page = new ArrayList<>();

  Listing(TenantId tenant, String after, int limit) {
    this.tenant = tenant;
    this.after = after;
    this.limit = limit;
  }

  List<BlobStat> page() {
    return page;
  }

  void tenant(Path folder) throws IOException {
    for (Path fan : sorted(folder)) {
      // The fan's own name is a prefix of its owners' names.
      if (mayFollow(tenant.value() + "/" + fan.getFileName())) {
        for (Path owner : sorted(fan)) {
          owner(owner);
        }
      }
    }
  }

  void owner(Path folder) throws IOException {
    String owner = tenant.value() + "/" + folder.getFileName();
    if (!mayFollow(owner + "/")) {
      return;
    }
    for (Path kind : sorted(folder)) {
      String prefix = owner + "/" + kind.getFileName() + "/";
      if (mayFollow(prefix)) {
        for (Path file : sorted(kind)) {
          if (page.size() == limit) {
            return;
          }
          if ((prefix + file.getFileName()).compareTo(after) > 0) {
            key(folder, kind, file).flatMap(key -> stat(key, file)).ifPresent(page::add);
          }
        }
      }
    }
  }

  /** Whether a path with this prefix may come after the cursor. */
  private boolean mayFollow(String prefix) {
    return page.size() < limit && (prefix.compareTo(after) >= 0 || after.startsWith(prefix));
  }

  /** Folders and files in the order of their names; those that are no part of a key drop out. */
  private static List<Path> sorted(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return entries;
    }
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    } catch (NoSuchFileException deletedMeanwhile) {
      return List.of();
    }
    entries.sort((a, b) -> a.toString().compareTo(b.toString()));
    return entries;
  }

  private Optional<BlobKey> key(Path owner, Path kind, Path file) {
    try {
      return Optional.of(new BlobKey(tenant, name(owner), name(kind), name(file)));
    } catch (IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static Optional<BlobStat> stat(BlobKey key, Path file) {
    try {
      return FsBlobStore.statOf(key, file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Attributes of a regular file; empty for anything else. */
  static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return found.isRegularFile() ? Optional.of(found) : Optional.empty();
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }
}

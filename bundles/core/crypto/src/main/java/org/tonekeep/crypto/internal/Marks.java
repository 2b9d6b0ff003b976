package org.tonekeep.crypto.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A list that only grows: marks of 32 hexadecimal digits (a MAC of tenant and owner, so that the
 * list names nobody), one per line, appended and synced, in several copies. One lists the owners
 * whose keys were destroyed; its copy in the data folder is there so that keys restored from an
 * older backup stay dead. A line that a crash cut short was not acknowledged and counts for
 * nothing. Thread-safe; another process may append, too.
 */
final class Marks {
  private static final int LINE = 33;

  private final List<Copy> copies;

  /** Opens the copies, and makes each know what the others know. */
  Marks(Path... files) throws IOException {
    List<Copy> opened = new ArrayList<>();
    for (Path file : files) {
      KeyDisk.createFolders(KeyDisk.parent(file));
      opened.add(new Copy(file));
    }
    this.copies = List.copyOf(opened);
    for (String mark : all()) {
      add(mark);
    }
  }

  /** Remembers a mark in all copies; when it returns, they are synced. */
  synchronized void add(String mark) throws IOException {
    for (Copy copy : copies) {
      copy.add(mark);
    }
  }

  synchronized boolean contains(String mark) throws IOException {
    for (Copy copy : copies) {
      if (copy.marks().contains(mark)) {
        return true;
      }
    }
    return false;
  }

  /** All marks. */
  synchronized Set<String> all() throws IOException {
    Set<String> all = new LinkedHashSet<>();
    for (Copy copy : copies) {
      all.addAll(copy.marks());
    }
    return all;
  }

  /** One file and what was read of it. */
  private static final class Copy {
    private final Path file;
    private final Set<String> marks = new LinkedHashSet<>();
    private long read;

    Copy(Path file) throws IOException {
      this.file = file;
      if (size() % LINE != 0) {
        // Ends the line that a crash cut short, so that the next one begins where lines begin.
        KeyDisk.append(file, ("\n".repeat((int) (LINE - size() % LINE))).getBytes(US_ASCII));
      }
    }

    private long size() throws IOException {
      return Files.exists(file) ? Files.size(file) : 0;
    }

    Set<String> marks() throws IOException {
      long whole = size() / LINE * LINE;
      if (whole < read) {
        marks.clear();
        read = 0;
      }
      if (whole > read) {
        byte[] rest = new byte[Math.toIntExact(whole - read)];
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
          in.seek(read);
          in.readFully(rest);
        }
        new String(rest, US_ASCII)
            .lines()
            .filter(line -> line.length() == LINE - 1)
            .forEach(marks::add);
        read = whole;
      }
      return marks;
    }

    void add(String mark) throws IOException {
      if (!marks().contains(mark)) {
        KeyDisk.append(file, (mark + "\n").getBytes(US_ASCII));
      }
    }
  }
}

package org.tonekeep.privacy.internal;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.privacy.api.DataClass;

/** The holders that ever appeared, on disk: one properties file each, written and renamed. */
final class HolderMemory {
  private static final Logger LOG = LoggerFactory.getLogger(HolderMemory.class);
  private static final String SUFFIX = ".properties";
  private final Path folder;

  HolderMemory(Path folder) {
    this.folder = folder;
  }

  List<Holder> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Holder> holders = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.sorted().filter(HolderMemory::isRecord).forEach(f -> read(f, holders));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return holders;
  }

  void remember(Holder holder) {
    Properties p = new Properties();
    p.setProperty("bundle", holder.bundle());
    p.setProperty("type", holder.type());
    List<DataClass> holds = holder.holds();
    p.setProperty("count", Integer.toString(holds.size()));
    for (int i = 0; i < holds.size(); i++) {
      DataClass data = holds.get(i);
      p.setProperty(i + ".id", data.id());
      p.setProperty(i + ".concern", data.concern());
      p.setProperty(i + ".what", data.what());
      p.setProperty(i + ".purpose", data.purpose());
      p.setProperty(i + ".retention", data.retention());
    }
    try {
      StringWriter out = new StringWriter();
      p.store(out, null);
      // The JDK begins with a comment that holds the time; without it equal records are equal.
      String text =
          out.toString()
              .lines()
              .filter(line -> !line.startsWith("#"))
              .sorted()
              .collect(Collectors.joining("\n", "", "\n"));
      write(folder.resolve(holder.name() + SUFFIX), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(Path file, List<Holder> into) {
    Properties p = new Properties();
    try {
      p.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
      List<DataClass> holds = new ArrayList<>();
      int count = Integer.parseInt(p.getProperty("count", "0"));
      for (int i = 0; i < count; i++) {
        holds.add(
            new DataClass(
                p.getProperty(i + ".id", ""),
                p.getProperty(i + ".concern", ""),
                p.getProperty(i + ".what", ""),
                p.getProperty(i + ".purpose", ""),
                p.getProperty(i + ".retention", "")));
      }
      into.add(new Holder(p.getProperty("bundle", ""), p.getProperty("type", ""), holds));
    } catch (IOException | IllegalArgumentException e) {
      // Also a byte that is not UTF-8: one damaged record must not hide the others.
      LOG.error("The remembered data holder {} cannot be read and is left out", file, e);
    }
  }

  private static boolean isRecord(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX) && !name.startsWith(".");
  }

  private static void write(Path file, String text) throws IOException {
    Path dir = file.toAbsolutePath().resolveSibling(".").normalize();
    Files.createDirectories(dir);
    Path temp = dir.resolve("." + file.getFileName() + ".tmp");
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
    Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

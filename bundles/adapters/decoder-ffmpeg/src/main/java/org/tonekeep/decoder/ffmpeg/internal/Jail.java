package org.tonekeep.decoder.ffmpeg.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder that serves as a whole file system: {@code ff/} with ffmpeg and its libraries, {@code
 * sys/} with copies of the few libraries of this machine that they need and of {@code prlimit}, and
 * the dynamic loader at its usual place. Nothing else is in there, so nothing else can be read.
 */
final class Jail {
  /** What the loader needs to know inside. */
  static final String LIBRARY_PATH = "/ff:/sys";

  private static final Pattern LIBRARY = Pattern.compile("\\s*(\\S+) => (/\\S+) \\(0x[0-9a-f]+\\)");
  private static final Pattern MISSING = Pattern.compile("\\s*(\\S+) => not found");

  private final Path root;
  private final Path programs;

  /**
   * @param programs the {@code ff} folder inside the jail's root
   */
  Jail(Path programs) {
    this.programs = programs;
    this.root = Optional.ofNullable(programs.getParent()).orElse(programs);
  }

  Path root() {
    return root;
  }

  Path programs() {
    return programs;
  }

  /**
   * Copies what the programs need from this machine, afresh where it changed.
   *
   * @param prlimit the machine's prlimit program
   * @throws IOException naming the library that is missing, when one is
   */
  void prepare(Path prlimit) throws IOException, InterruptedException {
    Path system = root.resolve("sys");
    Files.createDirectories(system);
    List<Path> needed = new ArrayList<>();
    String loader = interpreter(programs.resolve("ffmpeg"));
    for (String program : List.of("ffmpeg", "ffprobe")) {
      needed.addAll(libraries(loader, programs.resolve(program)));
    }
    needed.addAll(libraries(loader, prlimit));
    needed.add(prlimit);
    for (Path file : needed) {
      copy(file, system.resolve(file.getFileName().toString()));
    }
    Path target = root.resolve(loader.substring(1));
    Files.createDirectories(target.getParent());
    copy(Path.of(loader), target);
  }

  /** The dynamic loader that a program names (ELF-64, program header {@code PT_INTERP}). */
  static String interpreter(Path program) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(program)) {
      head = in.readNBytes(4096);
    }
    ByteBuffer elf = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int headers = (int) elf.getLong(32);
    int count = elf.getShort(56);
    for (int i = 0; i < count; i++) {
      int at = headers + 56 * i;
      if (elf.getInt(at) == 3) {
        int offset = (int) elf.getLong(at + 8);
        int length = (int) elf.getLong(at + 32) - 1;
        return new String(head, offset, length, StandardCharsets.US_ASCII);
      }
    }
    throw new IOException("The program names no loader");
  }

  private List<Path> libraries(String loader, Path program)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(loader, "--list", program.toString());
    builder.environment().clear();
    builder.environment().putAll(Map.of("LD_LIBRARY_PATH", programs.toString()));
    builder.redirectErrorStream(true);
    Process process = builder.start();
    String text;
    try (InputStream in = process.getInputStream()) {
      process.getOutputStream().close();
      text = new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8);
    }
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    List<Path> found = new ArrayList<>();
    for (String line : text.lines().toList()) {
      Matcher missing = MISSING.matcher(line);
      if (missing.matches()) {
        throw new IOException("This machine lacks the library " + missing.group(1));
      }
      Matcher library = LIBRARY.matcher(line);
      if (library.matches() && !Path.of(library.group(2)).startsWith(programs)) {
        found.add(Path.of(library.group(2)));
      }
    }
    if (found.isEmpty()) {
      throw new IOException("The programs cannot be loaded here");
    }
    return found;
  }

  private static void copy(Path source, Path target) throws IOException {
    if (Files.isRegularFile(target) && Files.mismatch(source, target) < 0) {
      return;
    }
    Path temporary = Files.createTempFile(target.getParent(), "new-", ".part");
    try {
      Files.copy(source, temporary, StandardCopyOption.REPLACE_EXISTING);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r-xr-xr-x"));
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}

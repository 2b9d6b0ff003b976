package org.tonekeep.tenant.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tonekeep.tenant.api.TenantId;

/**
 * The folder of the tenants' files, {@code org.tonekeep.tenant~<id>.cfg}. Files that do not end in
 * {@code .cfg} and hidden ones are nobody's business here.
 */
final class TenantFolder {
  /** The factory PID of the tenants' configurations. */
  static final String FACTORY = "org.tonekeep.tenant";

  private static final Pattern NAME = Pattern.compile(Pattern.quote(FACTORY) + "~(.*)\\.cfg");
  private static final long MOST_BYTES = 1 << 20;
  private final Path folder;

  TenantFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What lies in the folder.
   *
   * @param strays files that look meant for a tenant but name none
   */
  record Content(SortedMap<TenantId, TenantFile> files, List<Problem> strays) {}

  static String nameOf(TenantId tenant) {
    return FACTORY + "~" + tenant + ".cfg";
  }

  Path pathOf(TenantId tenant) {
    return folder.resolve(nameOf(tenant));
  }

  /** The tenant's file as it is on disk now. */
  Optional<TenantFile> read(TenantId tenant) {
    Path file = pathOf(tenant);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    String name = nameOf(tenant);
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.of(new TenantFile(tenant, name, "", "is not a regular file"));
      }
      if (Files.size(file) > MOST_BYTES) {
        return Optional.of(new TenantFile(tenant, name, "", "is larger than 1 MiB"));
      }
      return Optional.of(TenantFile.of(tenant, Files.readString(file, StandardCharsets.UTF_8)));
    } catch (CharacterCodingException e) {
      return Optional.of(new TenantFile(tenant, name, "", "is not text in UTF-8"));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          new TenantFile(tenant, name, "", "cannot be read: " + e.getClass().getSimpleName()));
    }
  }

  Content read() {
    SortedMap<TenantId, TenantFile> files = new TreeMap<>();
    List<Problem> strays = new ArrayList<>();
    for (String name : names()) {
      Matcher matcher = NAME.matcher(name);
      if (!matcher.matches()) {
        strays.add(new Problem(name, "file", "is ignored: expected " + FACTORY + "~<id>.cfg"));
        continue;
      }
      try {
        TenantId tenant = new TenantId(matcher.group(1));
        read(tenant).ifPresent(f -> files.put(tenant, f));
      } catch (IllegalArgumentException e) {
        strays.add(new Problem(name, "file", "is ignored: " + e.getMessage()));
      }
    }
    return new Content(files, strays);
  }

  /** Changes whenever a file appears, disappears or is written; cheap enough for every second. */
  String signature() {
    StringBuilder out = new StringBuilder();
    for (String name : names()) {
      try {
        BasicFileAttributes a =
            Files.readAttributes(folder.resolve(name), BasicFileAttributes.class);
        out.append(name).append('|').append(a.size()).append('|');
        out.append(a.lastModifiedTime()).append('|').append(a.fileKey()).append('\n');
      } catch (IOException e) {
        out.append(name).append("|gone\n");
      }
    }
    return out.toString();
  }

  private List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(p -> String.valueOf(p.getFileName()))
          .filter(n -> n.endsWith(".cfg") && !n.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

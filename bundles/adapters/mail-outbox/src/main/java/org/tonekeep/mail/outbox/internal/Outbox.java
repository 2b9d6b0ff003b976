package org.tonekeep.mail.outbox.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.mail.api.Mail;
import org.tonekeep.tenant.api.TenantId;

/**
 * The folder {@code <data>/outbox/<tenant>/}: {@code <id>.eml}, or {@code <id>.<account>.eml} for a
 * mail about an account. A file appears complete or not at all and survives a power cut; written
 * again, it is the same file. Mode 0600, its folder 0700.
 */
@Component(service = Outbox.class)
public final class Outbox {
  private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}(\\.[0-9a-f-]{36})?\\.eml");
  private static final int ID = 36;

  private final Path root;
  private final Clock clock;

  @Activate
  public Outbox(BundleContext context, @Reference Clock clock) {
    this(Path.of(data(context)).resolve("outbox"), clock);
  }

  Outbox(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  private static String data(BundleContext context) {
    String data = context.getProperty("tonekeep.data");
    if (data == null || data.isBlank()) {
      throw new IllegalStateException("The property tonekeep.data is not set");
    }
    return data;
  }

  private Path folder(TenantId tenant) {
    return root.resolve(tenant.value());
  }

  void put(TenantId tenant, Mail mail) throws IOException {
    Path folder = folder(tenant);
    createFolder(root);
    createFolder(folder);
    String owner = mail.owner().map(o -> "." + o.value()).orElse("");
    Path file = folder.resolve(mail.id().substring(0, ID) + owner + ".eml");
    Path temporary = folder.resolve("." + UUID.randomUUID() + ".part");
    try {
      write(temporary, MessageWriter.write(mail));
      Files.setLastModifiedTime(temporary, FileTime.from(clock.instant()));
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    sync(folder);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
            mode(file, "rw-------"))) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        int unused = channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      try {
        Files.createDirectory(folder, mode(folder, "rwx------"));
        sync(folder.toAbsolutePath().resolve(".."));
      } catch (FileAlreadyExistsException byAnother) {
        if (!Files.isDirectory(folder)) {
          throw byAnother;
        }
      }
    }
  }

  private static FileAttribute<?>[] mode(Path path, String mode) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
    };
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The tenant's messages, newest first: ids are in the order of time. */
  private List<Path> files(TenantId tenant) throws IOException {
    try (Stream<Path> files = Files.list(folder(tenant))) {
      return files
          .filter(file -> NAME.matcher(String.valueOf(file.getFileName())).matches())
          .sorted(Comparator.<Path, String>comparing(f -> f.getFileName().toString()).reversed())
          .toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  /**
   * The message of that id, or the newest.
   *
   * @param id empty for the newest
   */
  public Optional<Message> find(TenantId tenant, String id) throws IOException {
    for (Path file : files(tenant)) {
      if (String.valueOf(file.getFileName()).startsWith(id)) {
        try {
          return Optional.of(Message.parse(Files.readString(file, UTF_8)));
        } catch (NoSuchFileException removedMeanwhile) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  List<Message> ofOwner(TenantId tenant, AccountId owner) throws IOException {
    List<Path> its = files(tenant).stream().filter(file -> isOf(file, owner)).toList();
    List<Message> messages = new java.util.ArrayList<>();
    for (Path file : its) {
      messages.add(Message.parse(Files.readString(file, UTF_8)));
    }
    return messages;
  }

  void removeOfOwner(TenantId tenant, AccountId owner) throws IOException {
    for (Path file : files(tenant)) {
      if (isOf(file, owner)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static boolean isOf(Path file, AccountId owner) {
    return String.valueOf(file.getFileName()).endsWith("." + owner.value() + ".eml");
  }

  /**
   * Removes messages that were written earlier, and what a crash left unfinished.
   *
   * @return how many messages
   */
  int purge(TenantId tenant, Instant writtenBefore) throws IOException {
    Path folder = folder(tenant);
    int removed = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(writtenBefore)
            && Files.deleteIfExists(file)) {
          removed++;
        }
      }
    } catch (NoSuchFileException none) {
      return removed; // nothing was sent yet, or a file was erased meanwhile; the next hour looks
    }
    return removed;
  }
}

package org.tonekeep.audit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.tonekeep.tenant.api.TenantId;

/**
 * Remembers each tenant's last checkpoint outside of the database, in a file of the data folder: a
 * database that was taken back to an earlier state is behind it.
 */
@Component(service = Witness.class)
public final class Witness {
  private final Path folder;

  @Activate
  public Witness(BundleContext context) {
    this(folder(context));
  }

  Witness(Path folder) {
    this.folder = folder;
  }

  private static Path folder(BundleContext context) {
    String data = context.getProperty("tonekeep.data");
    if (data == null || data.isBlank()) {
      throw new IllegalStateException("The property tonekeep.data is not set");
    }
    return Path.of(data, "state", "audit");
  }

  /** The file of a tenant. */
  Path file(TenantId tenant) {
    return folder.resolve(tenant + ".checkpoint");
  }

  /**
   * The last note that was kept.
   *
   * @throws IOException when there is one that cannot be read
   */
  Optional<String> last(TenantId tenant) throws IOException {
    try {
      return Optional.of(Files.readString(file(tenant)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Keeps a note, whole or not at all, also when the power fails. */
  void keep(TenantId tenant, String note) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(tenant + ".part");
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = UTF_8.encode(note);
      while (bytes.hasRemaining()) {
        int unused = out.write(bytes);
      }
      out.force(true);
    }
    Path unused =
        Files.move(
            part,
            file(tenant),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
  }
}

package org.tonekeep.tenant.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.tenant.api.TenantId;

/**
 * Gives a new installation one tenant per profile. Done once: a tenant that was removed later does
 * not come back, and a folder that the operator filled before the first start is left as it is.
 */
final class FirstStart {
  private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
  private final DataFolder data;
  private final Profiles profiles;

  FirstStart(DataFolder data, Profiles profiles) {
    this.data = data;
    this.profiles = profiles;
  }

  void run() {
    Path marker = data.lastGood().resolve("first-start");
    boolean begun = Files.exists(marker);
    if (begun && read(marker).equals("done")) {
      return;
    }
    // A start that was cut off left 'copying' and goes on; an empty folder is nobody's.
    if (begun || isEmpty(data.tenants())) {
      DurableFile.write(marker, "copying");
      copy();
    }
    DurableFile.write(marker, "done");
  }

  private void copy() {
    TenantFolder folder = new TenantFolder(data.tenants());
    for (String profile : profiles.names()) {
      Path target = folder.pathOf(new TenantId(profile));
      if (Files.notExists(target)) {
        DurableFile.write(target, profiles.text(profile));
        LOG.info("Tenant {} is new; its file is {}", profile, target);
      }
    }
  }

  private static String read(Path marker) {
    try {
      return Files.readString(marker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEmpty(Path folder) {
    if (Files.notExists(folder)) {
      return true;
    }
    try (Stream<Path> list = Files.list(folder)) {
      return list.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

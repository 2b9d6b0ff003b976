package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.tonekeep.tenant.api.TenantId;
import org.tonekeep.testing.kit.TestClock;

/** A child process: makes owners' keys on several threads and destroys some, says what it did. */
public final class KeyLoop {
  static final TenantId TENANT = new TenantId("alice");
  private static final int THREADS = 4;

  private KeyLoop() {}

  static OpenKeys open(Path home, Clock clock) throws IOException {
    Path data = home.resolve("data");
    return OpenKeys.in(
        new KeyPlace.Folder(home.resolve("keys"), data), new RootKey(new byte[32]), data, clock);
  }

  /** Whether the loop destroys the owner's key after it was made: it follows from the id. */
  static boolean isDestroyed(String owner) {
    return owner.hashCode() % 3 == 0;
  }

  public static void main(String[] args) throws IOException {
    OpenKeys keys = open(Path.of(args[0]), TestClock.standing());
    for (int i = 0; i < THREADS; i++) {
      new Thread(() -> loop(keys)).start();
    }
  }

  private static void loop(OpenKeys keys) {
    while (true) {
      String owner = UUID.randomUUID().toString();
      keys.owners().create(TENANT, owner);
      say("+" + owner);
      if (isDestroyed(owner)) {
        keys.owners().destroy(TENANT, owner);
        say("-" + owner);
      }
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}

package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.tonekeep.testing.kit.TestClock;

/** Rotates for ever, for who kills it; says each batch before it is written. */
final class RotateLoop {
  private static final int BATCH = 5;

  private RotateLoop() {}

  public static void main(String[] args) throws IOException {
    Path home = Path.of(args[0]);
    OpenKeys keys = KeyLoop.open(home, TestClock.standing());
    RootKey root = new RootKey(new byte[32]);
    Rotation rotation =
        new Rotation(
            keys.wrapped(),
            new TenantKeys(
                keys.wrapped(),
                root.wrapping(),
                TestClock.standing(),
                new KnownTenants(home.resolve("data/keys.tenants"), root)),
            BATCH);
    while (true) {
      System.out.println(rotation.rotate(KeyLoop.TENANT).version());
      System.out.flush();
    }
  }
}

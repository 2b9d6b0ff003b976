package org.tonekeep.crypto.internal.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.console.api.TenantAction;
import org.tonekeep.crypto.internal.KeyDesk;
import org.tonekeep.crypto.internal.KeyDesk.Rotated;
import org.tonekeep.tenant.api.TenantId;

/** {@code tonekeep:key-rotate -t demo}. */
@Service
@Command(
    scope = "tonekeep",
    name = "key-rotate",
    description =
        "Makes a new version of a tenant's key and wraps its owners' keys by it; or ends a"
            + " rotation that was interrupted")
public final class RotateKey extends TenantAction {
  @Reference private KeyDesk desk;

  @Override
  protected String feature() {
    return "";
  }

  @Override
  protected void execute(TenantId tenant) {
    Rotated rotated;
    try {
      rotated = desk.rotate(tenant);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println(
        (rotated.ended() ? "Ended the interrupted rotation to version " : "Made version ")
            + rotated.version()
            + " of the key of "
            + tenant
            + "; wrapped "
            + rotated.rewrapped()
            + " owners' keys by it. Back the keys up again.");
    if (rotated.broken() > 0) {
      System.out.println(
          rotated.broken() + " owners' keys are damaged and stay as they are: see the log.");
    }
  }
}

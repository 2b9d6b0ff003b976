package org.tonekeep.crypto.internal.console;

import java.io.IOException;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.crypto.internal.KeyDesk;

/** {@code tonekeep:key-unlock}. */
@Service
@Command(
    scope = "tonekeep",
    name = "key-unlock",
    description = "Opens the root key; asks for its passphrase")
public final class UnlockKeys extends KeyAction {
  @Override
  protected void run(KeyDesk keys) throws IOException {
    if (!keys.isLocked()) {
      System.out.println("The root key is not locked");
      return;
    }
    char[] passphrase = ask("Passphrase of the root key: ");
    try {
      keys.unlock(passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
    System.out.println("The root key is open; what waited for it starts");
  }
}

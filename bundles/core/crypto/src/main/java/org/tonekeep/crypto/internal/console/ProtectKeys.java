package org.tonekeep.crypto.internal.console;

import java.io.IOException;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.crypto.internal.KeyDesk;

/** {@code tonekeep:key-protect}. */
@Service
@Command(
    scope = "tonekeep",
    name = "key-protect",
    description = "Puts the root key under a passphrase, or under another one; asks for it twice")
public final class ProtectKeys extends KeyAction {
  @Override
  protected void run(KeyDesk keys) throws IOException {
    char[] current = keys.isSealed() ? ask("Passphrase until now: ") : new char[0];
    char[] passphrase = askNew("New passphrase, at least 12 characters: ");
    try {
      keys.protect(current, passphrase);
    } finally {
      Arrays.fill(current, '\0');
      Arrays.fill(passphrase, '\0');
    }
    System.out.println(
        "The root key is under the passphrase. The next start waits for tonekeep:key-unlock, or"
            + " for TONEKEEP_KEY_PASSPHRASE. Nobody can recover a forgotten passphrase.");
  }
}

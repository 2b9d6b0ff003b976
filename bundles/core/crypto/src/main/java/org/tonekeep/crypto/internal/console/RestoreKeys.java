package org.tonekeep.crypto.internal.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.crypto.internal.KeyDesk;

/** {@code tonekeep:key-restore /media/stick/keys.2026-11-25}. */
@Service
@Command(
    scope = "tonekeep",
    name = "key-restore",
    description = "Adds the missing keys of a backup; asks for its passphrase, replaces nothing")
public final class RestoreKeys extends KeyAction {
  @Argument(index = 0, name = "file", required = true, description = "File of key-backup")
  String file = "";

  @Override
  protected void run(KeyDesk keys) throws IOException {
    char[] passphrase = ask("Passphrase of the backup: ");
    int restored;
    try {
      restored = keys.restore(Path.of(file), passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
    System.out.println("Keys of " + restored + " owners are back; destroyed ones stay destroyed");
  }
}

package org.tonekeep.crypto.internal.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.tonekeep.crypto.internal.KeyDesk;

/** {@code tonekeep:key-backup /media/stick/keys.2026-11-25}. */
@Service
@Command(
    scope = "tonekeep",
    name = "key-backup",
    description = "Writes all keys into a new file, under a passphrase that it asks for twice")
public final class BackUpKeys extends KeyAction {
  @Argument(index = 0, name = "file", required = true, description = "File to make")
  String file = "";

  @Override
  protected void run(KeyDesk keys) throws IOException {
    char[] passphrase = askNew("Passphrase of the backup, at least 12 characters: ");
    try {
      keys.backUp(Path.of(file), passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
    System.out.println(
        "All keys are in "
            + Path.of(file).toAbsolutePath()
            + ". Keep it apart from backups of data, and no longer than these.");
  }
}

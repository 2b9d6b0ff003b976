package org.tonekeep.crypto.internal.console;

import java.io.IOException;
import java.util.Arrays;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.jspecify.annotations.Nullable;
import org.tonekeep.crypto.api.BrokenSealException;
import org.tonekeep.crypto.internal.KeyDesk;

/** A command on keys that asks for a passphrase. */
public abstract class KeyAction implements Action {
  @Reference @Nullable KeyDesk desk;
  @Reference @Nullable Session session;

  /** Does the work; passphrases that were asked for are wiped by whoever asked. */
  protected abstract void run(KeyDesk keys) throws IOException;

  @Override
  public final @Nullable Object execute() throws IOException {
    KeyDesk keys = desk;
    if (keys == null) {
      throw new IllegalStateException("The keys' bundle is not active");
    }
    try {
      run(keys);
    } catch (BrokenSealException e) {
      throw new IllegalArgumentException("That is not the passphrase, or the file is damaged", e);
    }
    return null;
  }

  /** Asks without an echo. */
  protected final char[] ask(String prompt) throws IOException {
    Session asking = session;
    if (asking == null) {
      throw new IllegalStateException("There is nobody to ask");
    }
    String answer = asking.readLine(prompt, '*');
    if (answer == null || answer.isEmpty()) {
      throw new IllegalArgumentException("Nothing was changed: there was no passphrase");
    }
    return answer.toCharArray();
  }

  /** Asks for a new one twice. */
  protected final char[] askNew(String prompt) throws IOException {
    char[] first = ask(prompt);
    char[] second = ask("Again: ");
    boolean same = Arrays.equals(first, second);
    Arrays.fill(second, '\0');
    if (!same) {
      Arrays.fill(first, '\0');
      throw new IllegalArgumentException("Nothing was changed: the two differ");
    }
    return first;
  }
}

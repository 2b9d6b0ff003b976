package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Path;

/** What the console may do with keys. Passphrases are the caller's to wipe. */
public interface KeyDesk {
  /** Whether the root key waits for its passphrase. */
  boolean isLocked();

  /** Whether the root key lies under a passphrase. */
  boolean isSealed();

  /**
   * Opens the root key; everything that waits for keys starts.
   *
   * @throws org.tonekeep.crypto.api.BrokenSealException when the passphrase is another one
   */
  void unlock(char[] passphrase) throws IOException;

  /**
   * Puts the root key under a passphrase, or under another one.
   *
   * @param current the passphrase that it lies under; empty when it lies under none
   */
  void protect(char[] current, char[] passphrase) throws IOException;

  /** Writes all keys into a new file, under a passphrase. */
  void backUp(Path file, char[] passphrase) throws IOException;

  /**
   * Adds the keys of a backup that are missing; never replaces a key or revives a destroyed one.
   *
   * @return how many owners have a key again
   */
  int restore(Path file, char[] passphrase) throws IOException;
}

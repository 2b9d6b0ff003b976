package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tonekeep.tenant.api.TenantId;

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

  /** Tenants that have a key, in order. */
  List<TenantId> tenants() throws IOException;

  /** The versions of the tenant's key, in order. */
  List<Version> versions(TenantId tenant) throws IOException;

  /** How many ephemeral keys the tenant's owners have on this node. */
  long ephemeral(TenantId tenant) throws IOException;

  /**
   * Makes a new version of the tenant's key and wraps the owners' keys by it, or ends a rotation
   * that was interrupted. Everything goes on meanwhile.
   */
  Rotated rotate(TenantId tenant) throws IOException;

  /**
   * A version of a tenant's key.
   *
   * @param made when; empty when that version is missing though it wraps keys
   * @param owners how many owners' keys it wraps
   */
  record Version(TenantId tenant, int version, Optional<Instant> made, long owners) {}

  /**
   * What was done.
   *
   * @param version that wraps now
   * @param ended whether that was an interrupted rotation, and no version was made
   * @param rewrapped owners' keys that were wrapped anew
   * @param broken owners' keys that cannot be unwrapped, and stay as they are
   */
  record Rotated(int version, boolean ended, long rewrapped, long broken) {}
}

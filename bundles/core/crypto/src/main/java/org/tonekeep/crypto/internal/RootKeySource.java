package org.tonekeep.crypto.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.crypto.api.BrokenSealException;

/**
 * Where the root key comes from, in this order: {@code TONEKEEP_ROOT_KEY} (then no file is made),
 * the file {@code root.key}, or {@code root.key.sealed} under a passphrase. One thread at a time.
 */
final class RootKeySource {
  static final String ROOT_KEY = "TONEKEEP_ROOT_KEY";
  static final String PASSPHRASE = "TONEKEEP_KEY_PASSPHRASE";
  static final String SEALED = "root.key.sealed";

  private static final Logger LOG = LoggerFactory.getLogger(RootKeySource.class);
  private static final String WHAT = "root key";

  private final RootKeyFile plain;
  private final Path sealed;
  private final Map<String, String> environment;
  private boolean passphraseFailed;

  /**
   * @param environment of the process; never a system property, which command lines and consoles
   *     show
   */
  RootKeySource(Path keys, Path data, Instant started, Map<String, String> environment) {
    this.plain = new RootKeyFile(keys, data, started);
    this.sealed = keys.resolve(SEALED);
    this.environment = environment;
  }

  /**
   * The root key, made on the first start.
   *
   * @throws KeysLockedException when it is sealed and no right passphrase is in the environment
   * @throws KeysRefusedException when it is missing, damaged, or not the data's
   */
  RootKey open() throws IOException {
    if (isInEnvironment()) {
      return plain.adopt(decoded(environment.getOrDefault(ROOT_KEY, "").strip()), ROOT_KEY);
    }
    if (Files.exists(plain.file()) || !Files.exists(sealed)) {
      return plain.open();
    }
    String passphrase = environment.get(PASSPHRASE);
    if (passphrase == null || passphrase.isEmpty()) {
      throw new KeysLockedException("locked: tonekeep:key-unlock");
    }
    if (passphraseFailed) {
      throw new KeysLockedException(
          "locked: tonekeep:key-unlock (" + PASSPHRASE + " is not its passphrase)");
    }
    try {
      return unlock(passphrase.toCharArray());
    } catch (BrokenSealException e) {
      // Not tried again every second: each try costs 64 MiB and half a second.
      passphraseFailed = true;
      return open();
    }
  }

  private boolean isInEnvironment() {
    return !environment.getOrDefault(ROOT_KEY, "").isBlank();
  }

  /** Where the key lies, for the operator. */
  String where() {
    if (isInEnvironment()) {
      return "The root key is in the environment (" + ROOT_KEY + ")";
    }
    if (!Files.exists(plain.file())) {
      return "The root key is " + sealed + ", under a passphrase";
    }
    return "The root key is "
        + plain.file()
        + (Files.exists(sealed) ? ", and sealed beside it: run tonekeep:key-protect again" : "");
  }

  /** Whether there is a root key, be it locked. */
  boolean isThere() {
    return isInEnvironment() || Files.exists(plain.file()) || Files.exists(sealed);
  }

  boolean isSealed() {
    return Files.exists(sealed) && !Files.exists(plain.file());
  }

  /**
   * Opens the sealed root key.
   *
   * @throws BrokenSealException when the passphrase is another one
   */
  RootKey unlock(char[] passphrase) throws IOException {
    if (!Files.exists(sealed)) {
      throw new IllegalStateException("The root key is not under a passphrase");
    }
    KeyDisk.closeToOthers(sealed, KeyDisk.KEY_MODE);
    byte[] key = PassphraseSeal.open(WHAT, passphrase, Files.readAllBytes(sealed));
    return plain.adopt(key, sealed.toString());
  }

  /**
   * Puts the root key under a passphrase. The plain file is destroyed only after the sealed one was
   * read back and opened, so a crash leaves at least one of them.
   */
  void protect(RootKey root, char[] passphrase) throws IOException {
    if (isInEnvironment()) {
      throw new IllegalStateException("The root key is in the environment: there is no file");
    }
    write(root, passphrase);
    if (Files.exists(plain.file())) {
      // Under another name first: a crash in the middle must not leave zeroes that look like a key.
      KeyDisk.destroyAside(plain.file());
    }
    LOG.info("The root key is now under a passphrase: {}", sealed);
  }

  /**
   * Puts a root key where there is none.
   *
   * @param passphrase nothing writes it plain
   */
  void restore(RootKey root, char @Nullable [] passphrase) throws IOException {
    if (passphrase == null) {
      plain.write(root.bytes());
    } else {
      KeyDisk.createFolders(KeyDisk.parent(sealed));
      write(root, passphrase);
    }
  }

  /** Refuses a root key that is not the data's. */
  void requireFits(RootKey root) throws IOException {
    plain.requireFits(root.fingerprint());
  }

  private void write(RootKey root, char[] passphrase) throws IOException {
    byte[] key = root.bytes();
    KeyDisk.replace(sealed, PassphraseSeal.seal(WHAT, passphrase, key), KeyDisk.KEY_MODE);
    if (!Arrays.equals(PassphraseSeal.open(WHAT, passphrase, Files.readAllBytes(sealed)), key)) {
      throw new BrokenSealException();
    }
  }

  private static byte[] decoded(String base64) {
    try {
      byte[] key = Base64.getDecoder().decode(base64);
      if (key.length == Gcm.KEY) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // The exception would quote a character of the key.
      LOG.debug("{} is not base64", ROOT_KEY);
    }
    throw new KeysRefusedException(ROOT_KEY + " must be 32 bytes in base64");
  }
}

package org.tonekeep.crypto.internal;

import java.util.Arrays;
import javax.crypto.SecretKey;

/** A key in memory that can really be destroyed: Java's own keep their bytes. Thread-safe. */
final class EphemeralKey implements SecretKey {
  private static final long serialVersionUID = 1L;

  private final transient byte[] bytes;
  private boolean destroyed;

  /**
   * @param bytes are this key's from now on
   */
  EphemeralKey(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public String getAlgorithm() {
    return "AES";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public synchronized byte[] getEncoded() {
    if (destroyed) {
      throw new IllegalStateException("The key was destroyed");
    }
    return bytes.clone();
  }

  @Override
  public synchronized void destroy() {
    destroyed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  private void writeObject(java.io.ObjectOutputStream out) throws java.io.IOException {
    throw new java.io.NotSerializableException("An ephemeral key stays in memory");
  }
}

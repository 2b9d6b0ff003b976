package org.tonekeep.vault.internal;

/** Looks at bytes without ever running over their end. */
final class Head {
  private Head() {}

  /** Whether the ASCII text stands at the offset. */
  static boolean at(byte[] bytes, long offset, String text) {
    if (offset < 0 || offset + text.length() > bytes.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[(int) offset + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The big-endian number of up to 8 bytes at the offset, or -1 when it is not all there. */
  static long word(byte[] bytes, long offset, int length) {
    if (offset < 0 || offset + length > bytes.length) {
      return -1;
    }
    long word = 0;
    for (int i = 0; i < length; i++) {
      word = (word << 8) | (bytes[(int) offset + i] & 0xff);
    }
    return word;
  }
}

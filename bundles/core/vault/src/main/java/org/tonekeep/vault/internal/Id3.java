package org.tonekeep.vault.internal;

/** ID3v2 tags (id3.org, ID3v2.4 section 3.1). */
final class Id3 {
  private static final int HEADER = 10;
  private static final int FOOTER_FLAG = 0x10;

  private Id3() {}

  /** Where the run of tags that begins at the offset says that it ends; the offset without one. */
  static long end(byte[] bytes, int from) {
    long at = from;
    while (Head.at(bytes, at, "ID3") && at + HEADER <= bytes.length) {
      long size = 0;
      for (int i = 6; i < HEADER; i++) {
        int part = bytes[(int) at + i];
        if (part < 0) {
          return at;
        }
        size = (size << 7) | part;
      }
      boolean footer = (bytes[(int) at + 5] & FOOTER_FLAG) != 0;
      at += HEADER + size + (footer ? HEADER : 0);
    }
    return at;
  }
}

package org.tonekeep.vault.internal;

/** How counters change: what is added to each; negative takes away. */
public record Charge(long bytes, long tracks, long reservedBytes, long reservedTracks) {
  static Charge kept(long bytes) {
    return new Charge(bytes, 1, 0, 0);
  }

  static Charge reserved(long bytes, long tracks) {
    return new Charge(0, 0, bytes, tracks);
  }

  Charge back() {
    return new Charge(-bytes, -tracks, -reservedBytes, -reservedTracks);
  }

  public long allBytes() {
    return bytes + reservedBytes;
  }

  public long allTracks() {
    return tracks + reservedTracks;
  }
}

package org.tonekeep.decoder.ffmpeg.internal;

import java.util.Locale;

/** How tightly a decoder process is locked in, tightest first. */
enum Confinement {
  /** Bubblewrap: own namespaces of every kind, the jail as read-only root, no capabilities. */
  BWRAP(true),
  /** util-linux {@code unshare}: own namespaces, the jail as root (chroot), no capabilities. */
  UNSHARE(true),
  /** Resource limits and an empty environment only: the process could open files and sockets. */
  PRLIMIT(false),
  /** The decoder cannot run at all. */
  NONE(false);

  private final boolean sealed;

  Confinement(boolean sealed) {
    this.sealed = sealed;
  }

  /** Whether the process has neither network nor file system. */
  boolean sealed() {
    return sealed;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package org.tonekeep.testing.faults;

import java.util.Set;

/** What happens to a system call. */
enum Fault {
  /** The process is killed as it makes the call. */
  KILL("signal=SIGKILL", ""),
  /** The call fails once: a medium that is broken. */
  EIO("error=EIO", ""),
  /** The call fails once: no room. */
  ENOSPC("error=ENOSPC", ""),
  /** From that call on all like it fail: the disk is full until the watch ends. */
  FULL("error=ENOSPC", "+");

  private static final Set<String> OF_ROOM =
      Set.of("write", "pwrite64", "mkdir", "link", "fsync", "fdatasync", "ftruncate");

  private final String does;
  private final String and;

  Fault(String does, String and) {
    this.does = does;
    this.and = and;
  }

  /** Whether the call can fail like that: to open, to unlink and to read needs no room. */
  boolean fits(String call) {
    return (this != FULL && this != ENOSPC) || OF_ROOM.contains(call);
  }

  /** As strace's {@code -e} takes it. */
  String expression(String call, int number) {
    return "inject=" + call + ":" + does + ":when=" + number + and;
  }
}

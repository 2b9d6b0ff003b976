package org.tonekeep.itests.blackbox;

/** One started distribution for all tests that only use it; it ends with the JVM. */
final class Booted {
  private static Distribution shared;

  private Booted() {}

  static synchronized Distribution shared() throws Exception {
    if (shared == null) {
      shared =
          Distribution.unpack()
              .withTenant("other", "features = auth, analysis, retention\n")
              .withTenant("confirming", "features = auth\naccounts.confirm = required\n")
              .start();
    }
    return shared;
  }
}

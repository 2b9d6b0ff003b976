package org.tonekeep.crypto.internal;

import java.util.Set;

/** What is remembered beside the keys, durably; it only grows. */
interface KeyLedger {
  /** Marks of the owners whose keys were destroyed, see {@link RootKey#mark}. */
  Set<String> destroyed();

  void addDestroyed(Set<String> marks);

  /** Kinds of owners that were ever known here, see {@link org.tonekeep.crypto.api.KeyOwners}. */
  Set<String> kinds();

  void addKind(String kind);

  /** Looks whether the medium answers; throws {@link KeysUnavailableException} when not. */
  void check();
}

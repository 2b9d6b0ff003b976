package org.tonekeep.tenant.internal;

/** Why a tenant's file is refused: which file, which key, what is wrong and what would be right. */
record Problem(String file, String key, String reason) {
  @Override
  public String toString() {
    return file + ": " + key + ": " + reason;
  }
}

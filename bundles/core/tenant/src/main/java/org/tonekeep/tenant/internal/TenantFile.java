package org.tonekeep.tenant.internal;

import org.tonekeep.tenant.api.TenantId;

/**
 * A tenant's file as it was read.
 *
 * @param name the file's name, for messages
 * @param text its content; empty when unreadable
 * @param unreadable why it could not be read; empty when it could
 */
record TenantFile(TenantId tenant, String name, String text, String unreadable) {
  static TenantFile of(TenantId tenant, String text) {
    return new TenantFile(tenant, TenantFolder.nameOf(tenant), text, "");
  }
}

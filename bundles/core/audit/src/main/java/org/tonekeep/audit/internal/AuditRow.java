package org.tonekeep.audit.internal;

import java.time.Instant;
import org.tonekeep.audit.api.AuditEntry;

/**
 * A kept entry.
 *
 * @param id UUIDv7: in the order of time
 */
public record AuditRow(String id, Instant at, AuditEntry entry) {}

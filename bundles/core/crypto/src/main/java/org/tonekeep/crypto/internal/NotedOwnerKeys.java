package org.tonekeep.crypto.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.audit.api.Actor;
import org.tonekeep.audit.api.Audit;
import org.tonekeep.audit.api.AuditEntry;
import org.tonekeep.crypto.api.OwnerKeys;
import org.tonekeep.tenant.api.TenantId;

/**
 * Writes into the audit log when an owner's key is made and when it is destroyed. The log needs
 * keys itself, so it comes later and may be away: then only our own log says so.
 */
final class NotedOwnerKeys implements OwnerKeys {
  private static final Logger LOG = LoggerFactory.getLogger(NotedOwnerKeys.class);

  private final OwnerKeys keys;
  private final Supplier<@Nullable Audit> audit;

  NotedOwnerKeys(OwnerKeys keys, Supplier<@Nullable Audit> audit) {
    this.keys = keys;
    this.audit = audit;
  }

  /** The entry commits with the act that needs the key; without it the key is an orphan. */
  @Override
  public void create(TenantId tenant, String owner) {
    boolean known = keys.exists(tenant, owner);
    keys.create(tenant, owner);
    made(tenant, owner, known, "kept");
  }

  @Override
  public void createEphemeral(TenantId tenant, String owner) {
    boolean known = keys.exists(tenant, owner);
    keys.createEphemeral(tenant, owner);
    made(tenant, owner, known, "ephemeral");
  }

  private void made(TenantId tenant, String owner, boolean known, String kind) {
    if (!known) {
      AuditEntry made = entry("owner-key.create", owner).with("kind", kind);
      present(tenant).ifPresent(log -> log.append(tenant, made));
    }
  }

  /** A key is not brought back when a transaction is undone, so neither is the entry. */
  @Override
  public void destroy(TenantId tenant, String owner) {
    boolean known = keys.exists(tenant, owner);
    keys.destroy(tenant, owner);
    if (known) {
      AuditEntry gone = entry("owner-key.destroy", owner);
      present(tenant).ifPresent(log -> log.appendApart(tenant, gone));
    }
  }

  private Optional<Audit> present(TenantId tenant) {
    Optional<Audit> log = Optional.ofNullable(audit.get());
    if (log.isEmpty()) {
      LOG.warn("The audit log is away and misses what happened to a key of {}", tenant);
    }
    return log;
  }

  private static AuditEntry entry(String action, String owner) {
    return AuditEntry.of(Actor.platform(), action).on(owner);
  }

  @Override
  public boolean exists(TenantId tenant, String owner) {
    return keys.exists(tenant, owner);
  }

  @Override
  public List<Owned> list(TenantId tenant, String after, int limit) {
    return keys.list(tenant, after, limit);
  }

  @Override
  public byte[] seal(TenantId tenant, String owner, String use, byte[] plain) {
    return keys.seal(tenant, owner, use, plain);
  }

  @Override
  public byte[] open(TenantId tenant, String owner, String use, byte[] sealed) {
    return keys.open(tenant, owner, use, sealed);
  }
}

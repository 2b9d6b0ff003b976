package org.tonekeep.vault.internal;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.identity.api.LiveHolders;
import org.tonekeep.tenant.api.TenantId;

/** Everybody is alive but those that a test ends. */
final class FakeHolders implements LiveHolders {
  final Set<String> dead = ConcurrentHashMap.newKeySet();

  @Override
  public boolean isLive(TenantId tenant, Holder holder) {
    return !dead.contains(holder.id());
  }
}

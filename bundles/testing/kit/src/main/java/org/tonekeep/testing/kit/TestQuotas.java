package org.tonekeep.testing.kit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.storage.api.QuotaExceededException.What;
import org.tonekeep.storage.api.Quotas;
import org.tonekeep.tenant.api.TenantId;

/** Counts reservations of each owner against one limit; knows no transactions. */
public final class TestQuotas implements Quotas {
  private final Map<String, Usage> used = new ConcurrentHashMap<>();
  private volatile long maxBytes = Usage.UNLIMITED;
  private volatile long maxTracks = Usage.UNLIMITED;

  /** From now on nobody may have more. */
  public TestQuotas limit(long bytes, long tracks) {
    maxBytes = bytes;
    maxTracks = tracks;
    return this;
  }

  @Override
  public Usage usage(TenantId tenant, String owner) {
    Usage now = used.getOrDefault(tenant + "/" + owner, new Usage(0, 0, 0, 0));
    return new Usage(now.bytes(), maxBytes, now.tracks(), maxTracks);
  }

  @Override
  public void require(TenantId tenant, String owner, long bytes) {
    check(usage(tenant, owner), bytes, 1);
  }

  private void check(Usage now, long bytes, long tracks) {
    if (tracks > maxTracks - now.tracks()) {
      throw new QuotaExceededException(What.TRACKS, now.tracks(), maxTracks);
    }
    if (bytes > maxBytes - now.bytes()) {
      throw new QuotaExceededException(What.BYTES, now.bytes(), maxBytes);
    }
  }

  @Override
  public synchronized void reserve(TenantId tenant, String owner, long bytes, int tracks) {
    Usage now = usage(tenant, owner);
    check(now, bytes, tracks);
    used.put(tenant + "/" + owner, new Usage(now.bytes() + bytes, 0, now.tracks() + tracks, 0));
  }

  @Override
  public synchronized void release(TenantId tenant, String owner, long bytes, int tracks) {
    Usage now = usage(tenant, owner);
    used.put(tenant + "/" + owner, new Usage(now.bytes() - bytes, 0, now.tracks() - tracks, 0));
  }
}

package org.tonekeep.uploads.internal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.tenant.api.TenantId;

/**
 * A file on its way.
 *
 * @param total bytes in all; null until announced
 * @param received bytes that are durable: the offset at which it goes on
 * @param parts how many pieces they lie in
 * @param metadata what the client said of the file, sealed
 * @param track id of the track that it became; null while it has not
 */
public record Upload(
    TenantId tenant,
    String id,
    AccountId owner,
    @Nullable Long total,
    long received,
    int parts,
    String metadata,
    @Nullable String track,
    Instant createdAt,
    Instant expiresAt) {
  /** Whether all bytes are here. */
  public boolean isComplete() {
    return total != null && total == received;
  }

  /** Bytes for which room is set aside. */
  public long reserved() {
    if (track != null) {
      return 0;
    }
    return total == null ? received : total;
  }

  /** Without what the client said. */
  @Override
  public String toString() {
    return "Upload[" + tenant + "/" + id + "]";
  }
}

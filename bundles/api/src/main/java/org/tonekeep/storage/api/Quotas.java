package org.tonekeep.storage.api;

import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * How much accounts keep and may keep. What people upload is counted, when it is recorded; what is
 * computed from it is not. Counters change in the transaction of the row that they count, so that
 * uploads at once never exceed a limit together.
 */
@ProviderType
public interface Quotas {
  /** What the account has and may have now. */
  Usage usage(TenantId tenant, String owner);

  /**
   * Refuses an upload that would not fit now, before it is read. Nothing is set aside.
   *
   * @param bytes of the upload; 0 when not known
   * @throws QuotaExceededException when it does not fit
   */
  void require(TenantId tenant, String owner, long bytes);

  /**
   * Sets room aside for an upload that comes in parts; joins the running transaction.
   *
   * @throws QuotaExceededException when there is not so much
   */
  void reserve(TenantId tenant, String owner, long bytes, int tracks);

  /** Gives back what {@link #reserve} set aside; joins the running transaction. */
  void release(TenantId tenant, String owner, long bytes, int tracks);

  /**
   * What an account has and may have.
   *
   * @param bytes kept and reserved
   * @param maxBytes {@link #UNLIMITED} when there is no limit
   * @param tracks kept, in the trash too, and reserved
   * @param maxTracks {@link #UNLIMITED} when there is no limit
   */
  record Usage(long bytes, long maxBytes, long tracks, long maxTracks) {
    /** In the place of a limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;
  }
}

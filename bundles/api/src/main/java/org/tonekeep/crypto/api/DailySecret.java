package org.tonekeep.crypto.api;

import java.time.LocalDate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A secret that lives for one UTC day, the same on all nodes, and is destroyed at midnight: what
 * was computed with yesterday's can be neither repeated nor reversed by anybody. It is never in the
 * database, its log or a backup (promises KAI-14..17, 41; construction: security.md 4.5).
 */
@ProviderType
public interface DailySecret {
  /**
   * HMAC-SHA-256 of a message under the secret of today (UTC, by the injected clock).
   *
   * @return 32 bytes
   */
  byte[] mac(byte[] message);

  /** The day whose secret {@link #mac} uses now. */
  LocalDate today();
}

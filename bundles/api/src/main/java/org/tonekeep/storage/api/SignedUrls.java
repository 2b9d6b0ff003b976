package org.tonekeep.storage.api;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.tenant.api.TenantId;

/**
 * Short-lived addresses of blobs: HMAC-SHA-256 over tenant, account, key, method, disposition and
 * expiry. The bytes are served by the vault's own door with Range, ETag, HEAD, If-Range and 416.
 */
@ProviderType
public interface SignedUrls {
  /**
   * Signs an address for GET and HEAD. Its path is relative to the tenant's root ({@code /b/…}).
   *
   * @param fileName what a browser saves an attachment as
   * @throws org.tonekeep.tenant.api.PromiseUnkeptException see {@link org.tonekeep.tenant.api.Gate}
   */
  SignedUrl sign(
      TenantId tenant, Caller caller, Blob blob, Disposition disposition, String fileName);

  /** Whether the browser shows or saves the bytes. */
  enum Disposition {
    INLINE,
    ATTACHMENT
  }

  /** A signed address and when it dies. */
  record SignedUrl(String path, Instant expiresAt) {}
}

package org.tonekeep.storage.api;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.identity.api.Holder;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.TenantId;

/**
 * Short-lived addresses of blobs: HMAC-SHA-256, under a key that changes every week, over tenant,
 * holders, host, blob, method, disposition, times and a random nonce. The bytes are served by the
 * vault's own door with Range, ETag, HEAD, If-Range and 416. The first use of an address is one
 * access in the audit log.
 */
@ProviderType
public interface SignedUrls {
  /** The most holders of an address. */
  int MOST_HOLDERS = 4;

  /**
   * Signs an address for GET and HEAD. Its path is relative to the tenant's root ({@code /b/…}). It
   * dies when its time is over, when the blob is discarded, and as soon as one of the holders is
   * not alive any more (see {@link org.tonekeep.identity.api.LiveHolders}).
   *
   * @param holders whose right it is, all of them; the first with an account is who reads
   * @param audience the only place where it is good, see {@link Who#audience}
   * @throws IllegalArgumentException when the blob is another tenant's, or there is no holder, or
   *     more than {@link #MOST_HOLDERS}
   * @throws org.tonekeep.tenant.api.PromiseUnkeptException see {@link org.tonekeep.tenant.api.Gate}
   */
  SignedUrl sign(TenantId tenant, List<Holder> holders, String audience, Offer offer);

  /**
   * Signs an address for the signed-in caller of a request, in the session (or by the key) of it.
   *
   * @throws org.tonekeep.rest.api.ProblemException 401 when nobody is signed in
   */
  default SignedUrl sign(Who who, Offer offer) {
    return sign(who.tenant(), List.of(Holder.of(who.signedIn())), who.audience(), offer);
  }

  /**
   * What is read.
   *
   * @param subject the id by which people know it, such as the track's; it stands in the audit log
   * @param fileName what a browser saves an attachment as
   */
  record Offer(Blob blob, String subject, Disposition disposition, String fileName) {
    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    public Offer {
      if (!SUBJECT.matcher(subject).matches()) {
        throw new IllegalArgumentException("A subject is an id");
      }
    }
  }

  /** Whether the browser shows or saves the bytes. */
  enum Disposition {
    INLINE,
    ATTACHMENT
  }

  /** A signed address and when it dies at the latest. */
  record SignedUrl(String path, Instant expiresAt) {}
}

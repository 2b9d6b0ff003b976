package org.tonekeep.crypto.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.tonekeep.tenant.api.TenantId;

/**
 * One key per owner (an account, or an anonymous job). What is personal is sealed under its owner's
 * key, so that destroying that key makes all of it unreadable, also in copies and backups of the
 * database. Keys are never in the main database; they are wrapped by the tenant's key, which the
 * root key wraps. Thread-safe.
 *
 * <p>{@code owner} is an opaque id of the form {@code [0-9a-f-]{36}}.
 */
@ProviderType
public interface OwnerKeys {
  /** So many bytes more than the plain ones has what {@link #seal} answers. */
  int OVERHEAD = 1 + 12 + 16;

  /**
   * Makes the owner's key. When it returns, the key survives {@code kill -9} and a power cut: call
   * it before the row that needs it commits. Idempotent while the key exists. A key whose row never
   * committed is swept after a day.
   *
   * @throws IllegalStateException when the owner's key was destroyed: ids are not used twice
   */
  void create(TenantId tenant, String owner);

  /**
   * Makes a key that lives in this process's memory only, for an owner whose data must not outlive
   * it: it is never written anywhere, and gone when it is destroyed, when the keys' service goes
   * and when the process ends, by {@code kill -9} too. Nothing sealed under it opens ever after.
   * Idempotent while the key exists. Other nodes have no such key: only the node that made it can
   * seal and open, so what belongs to the owner must be done there.
   *
   * @throws IllegalStateException when the owner has a key that is kept, or had one
   */
  void createEphemeral(TenantId tenant, String owner);

  /** Whether the owner has a key, be it an ephemeral one of this node. */
  boolean exists(TenantId tenant, String owner);

  /**
   * Destroys the key, durably, on this node at once and on others within a few seconds. Idempotent.
   * There is no way back.
   */
  void destroy(TenantId tenant, String owner);

  /** Owners that have a key that is kept, in order, after a cursor; for the sweep of orphans. */
  List<Owned> list(TenantId tenant, String after, int limit);

  /**
   * Encrypts a value under the owner's key (AES-256-GCM, random nonce).
   *
   * @param use where the value stands, such as {@code identity_account.email}; a value that is
   *     moved elsewhere does not open
   * @throws NoOwnerKeyException when the owner has no key
   */
  byte[] seal(TenantId tenant, String owner, String use, byte[] plain);

  /**
   * What {@link #seal} encrypted for the same tenant, owner and use.
   *
   * @throws NoOwnerKeyException when the owner has no key (any more)
   * @throws BrokenSealException when it was altered or belongs elsewhere
   */
  byte[] open(TenantId tenant, String owner, String use, byte[] sealed);

  /**
   * {@link #seal} for text columns: unpadded base64url, four characters for three bytes and 40 or
   * so on top.
   */
  default String sealText(TenantId tenant, String owner, String use, String plain) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(seal(tenant, owner, use, plain.getBytes(UTF_8)));
  }

  /** {@link #open} for what {@link #sealText} made. */
  default String openText(TenantId tenant, String owner, String use, String sealed) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException e) {
      BrokenSealException broken = new BrokenSealException();
      broken.initCause(e);
      throw broken;
    }
    return new String(open(tenant, owner, use, bytes), UTF_8);
  }

  /**
   * An owner with a key.
   *
   * @param createdMillis when the key was made, epoch milliseconds
   */
  record Owned(String owner, long createdMillis) {}
}

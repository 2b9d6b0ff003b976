package org.tonekeep.profile.internal;

import java.time.Instant;
import org.tonekeep.identity.api.AccountId;

/**
 * A stored link of a mail about an address.
 *
 * @param address sealed under the owner's key: the new one to confirm, the old one to restore
 * @param epoch of the account when it was made
 */
public record EmailLink(
    String id, AccountId account, Kind kind, String address, long epoch, Instant expiresAt) {
  /** What the link does. */
  public enum Kind {
    /** Is no link: waits for the job that sees whether the address is somebody's. */
    ASKED,
    CONFIRM,
    UNDO,
    /** Is no link: remembers that the owner of a wished address was told. */
    TOLD
  }
}

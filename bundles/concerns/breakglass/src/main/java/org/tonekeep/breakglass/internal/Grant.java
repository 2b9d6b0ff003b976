package org.tonekeep.breakglass.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.AccountId;

/**
 * A wish of the staff to read what somebody uploaded, and what became of it.
 *
 * @param owner whose music it is
 * @param track the one track; empty for all of the owner's
 * @param staff who may read
 * @param asker who asked; empty for the operator at the console
 * @param ticket number of the case
 * @param reason why, in a sentence; empty when the owner is erased
 * @param wanted how long
 * @param approval when it was approved, by whom and until when it is good; empty before that
 * @param revokedAt when it was ended early
 */
public record Grant(
    String id,
    AccountId owner,
    Optional<TrackId> track,
    AccountId staff,
    Optional<AccountId> asker,
    String ticket,
    String reason,
    Duration wanted,
    Instant askedAt,
    Optional<Approval> approval,
    Optional<Instant> revokedAt) {
  /** A wish that nobody approves is over after this time. */
  static final Duration PATIENCE = Duration.ofHours(24);

  /** What a grant is good for now. */
  public enum State {
    /** A second person must approve it. */
    ASKED,
    /** It may be used. */
    ACTIVE,
    /** Its time is over, approved or not. */
    OVER,
    /** It was ended early. */
    REVOKED
  }

  /**
   * Who approved it, and until when.
   *
   * @param approver empty for the operator at the console, and where no second person is needed
   */
  public record Approval(Optional<AccountId> approver, Instant at, Instant endsAt) {}

  /** What it is good for at the time. */
  public State state(Instant now) {
    if (revokedAt.isPresent()) {
      return State.REVOKED;
    }
    Instant end = approval.map(Approval::endsAt).orElseGet(() -> askedAt.plus(PATIENCE));
    if (!now.isBefore(end)) {
      return State.OVER;
    }
    return approval.isPresent() ? State.ACTIVE : State.ASKED;
  }

  /** The same, approved. */
  Grant approved(Optional<AccountId> approver, Instant now) {
    Approval given = new Approval(approver, now, now.plus(wanted));
    return new Grant(
        id,
        owner,
        track,
        staff,
        asker,
        ticket,
        reason,
        wanted,
        askedAt,
        Optional.of(given),
        revokedAt);
  }

  /** The same, ended early. */
  Grant revoked(Instant now) {
    return new Grant(
        id,
        owner,
        track,
        staff,
        asker,
        ticket,
        reason,
        wanted,
        askedAt,
        approval,
        Optional.of(now));
  }

  /** Without the reason. */
  @Override
  public String toString() {
    return "Grant[" + id + "]";
  }
}

package org.tonekeep.breakglass.internal.rest;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tonekeep.breakglass.internal.Grant;
import org.tonekeep.catalog.api.TrackId;
import org.tonekeep.identity.api.AccountId;

/**
 * A grant, as the staff sees it.
 *
 * @param state {@code asked}, {@code active}, {@code over} or {@code revoked}
 * @param track null for all tracks of the owner
 * @param askedBy null for the operator at the console
 * @param approvedBy null for the operator, and where no second person was needed
 */
public record GrantJson(
    String id,
    String state,
    String owner,
    @Nullable String track,
    String staff,
    @Nullable String askedBy,
    @Nullable String approvedBy,
    String ticket,
    String reason,
    long minutes,
    Instant askedAt,
    @Nullable Instant approvedAt,
    @Nullable Instant endsAt,
    @Nullable Instant revokedAt) {
  static GrantJson of(Grant grant, Grant.State state) {
    return new GrantJson(
        grant.id(),
        state.name().toLowerCase(Locale.ROOT),
        grant.owner().value(),
        grant.track().map(TrackId::value).orElse(null),
        grant.staff().value(),
        grant.asker().map(AccountId::value).orElse(null),
        grant.approval().flatMap(Grant.Approval::approver).map(AccountId::value).orElse(null),
        grant.ticket(),
        grant.reason(),
        grant.wanted().toMinutes(),
        grant.askedAt(),
        grant.approval().map(Grant.Approval::at).orElse(null),
        grant.approval().map(Grant.Approval::endsAt).orElse(null),
        grant.revokedAt().orElse(null));
  }
}

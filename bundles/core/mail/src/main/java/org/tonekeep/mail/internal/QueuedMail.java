package org.tonekeep.mail.internal;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tonekeep.identity.api.AccountId;

/**
 * A row of the queue.
 *
 * @param lang language tag of the text
 * @param host the site's host when it was written, for {@code Message-ID}
 * @param tries how often the adapter did not take it
 * @param reason why it was not sent (yet); no address
 * @param content sealed; null once it ended
 */
public record QueuedMail(
    String id,
    String template,
    String lang,
    String host,
    Optional<AccountId> owner,
    MailState state,
    int tries,
    String reason,
    Instant createdAt,
    Instant nextAt,
    @Nullable MailContent content) {}

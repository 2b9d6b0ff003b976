package org.tonekeep.vault.internal;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.tonekeep.rest.api.ProblemException;

/** The right by which bytes flow. It is asked again every few seconds while they do. */
final class Right {
  /** The next request is asked at once; this is for who takes hours over one. */
  static final Duration EVERY = Duration.ofSeconds(5);

  private final HolderBoard holders;
  private final UrlToken token;
  private final Clock clock;
  private Instant next;

  /** Of a token whose holders were alive just now. */
  Right(HolderBoard holders, UrlToken token, Clock clock) {
    this.holders = holders;
    this.token = token;
    this.clock = clock;
    this.next = clock.instant().plus(EVERY);
  }

  /**
   * @throws IOException when a holder is not alive any more
   */
  void require() throws IOException {
    Instant now = clock.instant();
    if (now.isBefore(next)) {
      return;
    }
    next = now.plus(EVERY);
    if (!holders.allLive(token.tenant(), token.holders())) {
      throw new IOException("The right to read ended");
    }
  }

  /** What a request hears whose address was withdrawn. */
  static ProblemException ended() {
    return ProblemException.of(
        403, "url-revoked", "Address withdrawn", "The right to read this has ended");
  }
}

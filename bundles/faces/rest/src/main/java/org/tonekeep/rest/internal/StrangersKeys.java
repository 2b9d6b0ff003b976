package org.tonekeep.rest.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;

/**
 * The {@code Idempotency-Key}s of callers that nobody knows, such as who signs up: per network, in
 * the memory of this node, for there is no account that they could be stored and erased with. What
 * was done under one is said to be done and not shown again: somebody else of the same network
 * could be asking.
 */
final class StrangersKeys {
  static final int MOST = 10_000;

  private static final String CLAIM = "org.tonekeep.strangersClaim";

  private final Clock clock;

  /** By digest, the oldest first. */
  private final Map<String, Mark> marks = new LinkedHashMap<>();

  StrangersKeys(Clock clock) {
    this.clock = clock;
  }

  /**
   * What a key stands for.
   *
   * @param fingerprint of the request that it was used for
   */
  private record Mark(String digest, String fingerprint, Instant at, boolean done) {}

  /**
   * Claims the key for this request.
   *
   * @throws ProblemException 409 while it is being done or when it was done, 422 for a key of
   *     another request
   */
  synchronized void begin(Who who, String key, String fingerprint, HttpServletRequest request) {
    Instant now = clock.instant();
    String digest = digest(who, key);
    Mark other = marks.get(digest);
    if (other != null && other.at().isAfter(now.minus(OncePerKey.KEPT))) {
      if (!other.fingerprint().equals(fingerprint)) {
        throw OncePerKey.reused();
      }
      throw other.done() ? OncePerKey.alreadyDone() : OncePerKey.inProgress();
    }
    marks.remove(digest);
    if (marks.size() >= MOST) {
      marks.remove(marks.keySet().iterator().next());
    }
    Mark mine = new Mark(digest, fingerprint, now, false);
    marks.put(digest, mine);
    request.setAttribute(CLAIM, mine);
  }

  /** What succeeded is remembered; anything else frees the key. */
  synchronized void settle(HttpServletRequest request, int status) {
    if (request.getAttribute(CLAIM) instanceof Mark mine) {
      @Nullable Mark now =
          status / 100 == 2 ? new Mark(mine.digest(), mine.fingerprint(), mine.at(), true) : null;
      // Pushed out meanwhile: then nothing is ours to write.
      Mark unused = marks.computeIfPresent(mine.digest(), (digest, known) -> now);
    }
  }

  private static String digest(Who who, String key) {
    String text = who.tenant().value() + '\n' + who.peer().limitKey() + '\n' + key;
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}

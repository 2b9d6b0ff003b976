package org.tonekeep.rest.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.identity.api.AccountId;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.tenant.api.TenantId;

/**
 * Does what is posted under an {@code Idempotency-Key} once
 * (draft-ietf-httpapi-idempotency-key-header). The key is claimed before the work begins; what
 * succeeded is remembered with its status and Location, anything else frees the key. Strangers have
 * less of it, see {@link StrangersKeys}.
 */
@Component(service = OncePerKey.class)
public final class OncePerKey {
  static final String HEADER = "Idempotency-Key";
  static final String REPLAYED = "Idempotency-Replayed";

  /** How long an answer is remembered. */
  static final Duration KEPT = Duration.ofHours(24);

  /** How long a request that no longer says that it lives is waited for. */
  static final Duration LEASE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(OncePerKey.class);
  private static final String CLAIM = "org.tonekeep.claim";
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final int LONGEST_LOCATION = 2000;
  private static final int TRIES = 5;

  private final Clock clock;
  private final StrangersKeys strangers;
  private final Set<Claim> running = ConcurrentHashMap.newKeySet();

  /** Without a database the rest of the face still serves. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable KeyStore keys;

  @Activate
  public OncePerKey(@Reference Clock clock) {
    this.clock = clock;
    this.strangers = new StrangersKeys(clock);
  }

  /**
   * Claims the request's key, if it has one.
   *
   * @return false when it was done before: the answer is written
   * @throws ProblemException 400 for a malformed key, 409 while it is being done or when it was
   *     done and there is nothing to show, 422 for a key of another request, 503 when nobody can
   *     say now whether it was done
   */
  boolean begin(Who who, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    List<String> lines = Collections.list(request.getHeaders(HEADER));
    if (lines.isEmpty() || !request.getMethod().equals("POST")) {
      return true;
    }
    String key = lines.get(0);
    if (lines.size() > 1 || !FORM.matcher(key).matches()) {
      throw ProblemException.of(
          400, "bad-idempotency-key", "Malformed key", "One key of 1 to 128 visible ASCII letters");
    }
    if (who.caller().isEmpty()) {
      strangers.begin(who, key, fingerprint(request), request);
      return true;
    }
    KeyStore known = keys;
    if (known == null) {
      throw notNow();
    }
    Optional<KeyRow> done;
    try {
      done = claim(known, who.caller().get(), key, request);
    } catch (KeyStoreException e) {
      LOG.warn("A key could not be claimed", e);
      throw notNow();
    }
    if (done.isPresent()) {
      replay(done.get(), request, response);
    }
    return done.isEmpty();
  }

  private static ProblemException notNow() {
    return ProblemException.of(
            503, "not-now", "Not now", "Nobody can say now whether this was done; try again")
        .withHeader("Retry-After", "5");
  }

  /** Empty when the key is ours now, else what was done under it. */
  private Optional<KeyRow> claim(
      KeyStore known, Caller caller, String key, HttpServletRequest request) {
    TenantId tenant = caller.tenant();
    AccountId account = caller.account();
    String fingerprint = fingerprint(request);
    String id = UUID.randomUUID().toString();
    for (int i = 0; i < TRIES; i++) {
      Instant now = clock.instant();
      KeyRow mine = new KeyRow(key, fingerprint, id, now.plus(LEASE), KeyRow.PENDING, null, now);
      if (known.insert(tenant, account, mine)) {
        Claim claim = new Claim(tenant, account, key, id);
        running.add(claim);
        request.setAttribute(CLAIM, claim);
        return Optional.empty();
      }
      KeyRow other = known.find(tenant, account, key).orElse(null);
      if (other != null && !isOver(other, now)) {
        return Optional.of(checked(other, fingerprint));
      }
      if (other != null) {
        boolean unused = known.release(tenant, account, key, other.claim());
      }
    }
    throw inProgress();
  }

  /** A crashed process left it, or it is too old. */
  private static boolean isOver(KeyRow row, Instant now) {
    return row.pending()
        ? row.leaseUntil().isBefore(now)
        : row.createdAt().isBefore(now.minus(KEPT));
  }

  private static KeyRow checked(KeyRow row, String fingerprint) {
    if (!row.fingerprint().equals(fingerprint)) {
      throw reused();
    }
    if (row.pending()) {
      throw inProgress();
    }
    if (row.location() == null) {
      throw alreadyDone();
    }
    return row;
  }

  static ProblemException reused() {
    return ProblemException.of(
        422,
        "idempotency-key-reused",
        "Key of another request",
        "This key was used for another address; take a new one");
  }

  static ProblemException alreadyDone() {
    return ProblemException.of(
        409, "already-done", "Done already", "This was done; its answer is not kept");
  }

  static ProblemException inProgress() {
    return ProblemException.of(
            409, "in-progress", "Being done", "The first request with this key has not ended")
        .withHeader("Retry-After", "2");
  }

  /** Which request it is: a body is too large to be read before it is known whether it counts. */
  private static String fingerprint(HttpServletRequest request) {
    String text =
        request.getMethod() + ' ' + request.getRequestURI() + '?' + request.getQueryString();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Says what was said, without the body, which nobody kept; whoever needs it follows Location. */
  private static void replay(KeyRow done, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(done.status());
    response.setHeader("Location", done.location());
    response.setHeader(REPLAYED, "true");
    boolean bodiless = done.status() == 204 || done.status() == 205;
    byte[] body = bodiless ? new byte[0] : "{}".getBytes(StandardCharsets.UTF_8);
    if (!bodiless) {
      response.setContentType("application/json");
      response.setContentLength(body.length);
    }
    boolean unread = BodyRules.isUnread(request);
    if (unread) {
      response.setHeader("Connection", "close");
    }
    response.getOutputStream().write(body);
    if (unread) {
      response.flushBuffer();
      // To the end: a browser looks at the answer to an upload only when it has sent it all.
      BodyRules.readAll(request);
    }
  }

  /** Writes the outcome down before anybody can see it, so that who asks again finds it. */
  void settle(HttpServletRequest request, HttpServletResponse response) {
    settle(request, response.getStatus(), response.getHeader("Location"));
  }

  /** The request failed: it may be tried again with the same key. */
  void failed(HttpServletRequest request) {
    settle(request, HttpServletResponse.SC_INTERNAL_SERVER_ERROR, null);
  }

  private void settle(HttpServletRequest request, int status, @Nullable String location) {
    strangers.settle(request, status);
    KeyStore known = keys;
    if (request.getAttribute(CLAIM) instanceof Claim claim && known != null) {
      String kept = location == null || location.length() > LONGEST_LOCATION ? null : location;
      try {
        claim.settle(known, status, kept);
      } catch (KeyStoreException e) {
        // The caller gets the answer all the same; the key stays taken until its lease ends.
        LOG.warn("What was done under a key could not be kept", e);
      }
    }
  }

  /** The request is over; nobody renews its lease any more. */
  void end(HttpServletRequest request) {
    if (request.getAttribute(CLAIM) instanceof Claim claim) {
      running.remove(claim);
    }
  }

  /** Says that the requests of this process live: an upload may take hours. */
  void renew(KeyStore known) {
    Instant until = clock.instant().plus(LEASE);
    running.forEach(claim -> claim.renew(known, until));
  }
}

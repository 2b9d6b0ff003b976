package org.tonekeep.vault.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.servlet.AsyncContext;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.tonekeep.identity.api.Caller;
import org.tonekeep.rest.api.HttpDoor;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.Who;
import org.tonekeep.storage.api.Blob;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.tenant.api.Act;
import org.tonekeep.tenant.api.Gate;
import org.tonekeep.vault.internal.jpa.BlobRowStore;

/**
 * Serves the bytes behind signed addresses, {@code /b/<token>}. The signature is checked before
 * anything is looked up, then whether those are alive whose right it is; the access is in the audit
 * log before the first byte. No database connection is held while the bytes flow.
 */
@Component(service = HttpDoor.class, property = HttpDoor.PATH + "=" + HmacSignedUrls.PATH)
public final class ByteDoor implements HttpDoor {
  private static final int ETAG_DIGITS = 32;

  private final HmacSignedUrls urls;
  private final Gate gate;
  private final BlobRowStore rows;
  private final StoreBoard stores;
  private final HolderBoard holders;
  private final Accesses accesses;
  private final Clock clock;

  @Activate
  public ByteDoor(
      @Reference HmacSignedUrls urls,
      @Reference Gate gate,
      @Reference BlobRowStore rows,
      @Reference StoreBoard stores,
      @Reference HolderBoard holders,
      @Reference Accesses accesses,
      @Reference Clock clock) {
    this.urls = urls;
    this.gate = gate;
    this.rows = rows;
    this.stores = stores;
    this.holders = holders;
    this.accesses = accesses;
    this.clock = clock;
  }

  @Override
  public void serve(Who who, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      throw ProblemException.of(
              405, "method-not-allowed", "Method not allowed", "Only GET and HEAD work here")
          .withHeader("Allow", "GET, HEAD");
    }
    gate.requireKept(who.tenant(), Act.DELIVERY);
    UrlToken token = noted(who, path, request);
    RecordedBlob recorded =
        rows.find(who.tenant(), token.key()).orElseThrow(ProblemException::notFound);
    Accesses.Use use = accesses.begin(who.tenant(), token, who.peer().tag());
    boolean flowing = false;
    try {
      flowing = answer(request, response, recorded, token, use);
    } finally {
      if (!flowing) {
        use.end(0);
      }
    }
  }

  /** The token; why it is refused stands in the audit log. */
  private UrlToken noted(Who who, String path, HttpServletRequest request) {
    Attempt attempt = new Attempt(who);
    try {
      return token(who, path, request, attempt);
    } catch (ProblemException refused) {
      if (refused.status() == HttpServletResponse.SC_FORBIDDEN) {
        accesses.refused(who.tenant(), attempt.entry(refused.code()));
      }
      throw refused;
    }
  }

  /** The token, whose signature, place, time and holders are good. */
  private UrlToken token(Who who, String path, HttpServletRequest request, Attempt attempt) {
    // An address has one spelling: no escapes for what needs none, no parameters of any kind.
    boolean plain = request.getRequestURI().equals(request.getContextPath() + path);
    if (!plain || request.getQueryString() != null) {
      throw ProblemException.of(
          400, "bad-path", "Malformed address", "The address is not in its plain form");
    }
    UrlToken token =
        urls.verify(who.tenant(), who.audience(), path.substring(HmacSignedUrls.PATH.length()));
    attempt.with(token);
    urls.requireInTime(token);
    if (who.caller().isPresent() && !isReader(who.caller().get(), token)) {
      throw HmacSignedUrls.invalid();
    }
    if (!holders.allLive(who.tenant(), token.holders())) {
      throw Right.ended();
    }
    return token;
  }

  /** Whoever is known may use an address of his own only, or one that is no account's. */
  private static boolean isReader(Caller caller, UrlToken token) {
    return token.reader().map(caller.account()::equals).orElse(true);
  }

  private boolean answer(
      HttpServletRequest request,
      HttpServletResponse response,
      RecordedBlob recorded,
      UrlToken token,
      Accesses.Use use)
      throws IOException {
    boolean get = request.getMethod().equals("GET");
    String etag = "\"" + recorded.blob().sha256().substring(0, ETAG_DIGITS) + "\"";
    Preconditions conditions = new Preconditions(request, etag, recorded.recordedAt());
    if (conditions.failed()) {
      throw ProblemException.of(
          412, "precondition-failed", "Precondition failed", "The file is not the one you named");
    }
    common(response, recorded, etag);
    if (conditions.notModified()) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return false;
    }
    describe(response, recorded.blob(), token);
    Optional<ByteRange> range =
        get ? range(request, conditions, recorded.blob()) : Optional.empty();
    if (get) {
      Right right = new Right(holders, token, clock);
      send(request, response, recorded, range, right, use);
    } else {
      response.setContentLengthLong(recorded.blob().length());
    }
    return get;
  }

  private static void common(HttpServletResponse response, RecordedBlob recorded, String etag) {
    response.setHeader("ETag", etag);
    response.setHeader("Last-Modified", Preconditions.httpDate(recorded.recordedAt()));
    response.setHeader("Cache-Control", "private, no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader("Referrer-Policy", "no-referrer");
  }

  private static void describe(HttpServletResponse response, Blob blob, UrlToken token) {
    response.setHeader("Accept-Ranges", "bytes");
    response.setContentType(blob.mediaType());
    response.setHeader(
        "Content-Disposition", ContentDisposition.of(token.disposition(), token.fileName()));
  }

  private static Optional<ByteRange> range(
      HttpServletRequest request, Preconditions conditions, Blob blob) {
    List<String> headers = Collections.list(request.getHeaders("Range"));
    return headers.size() == 1 && conditions.rangeHolds()
        ? ByteRange.parse(headers.get(0), blob.length())
        : Optional.empty();
  }

  private void send(
      HttpServletRequest request,
      HttpServletResponse response,
      RecordedBlob recorded,
      Optional<ByteRange> range,
      Right right,
      Accesses.Use use)
      throws IOException {
    long size = recorded.blob().length();
    long first = range.map(ByteRange::first).orElse(0L);
    long length = range.map(ByteRange::length).orElse(size);
    InputStream in;
    try {
      in = stores.require(recorded.blob().adapter()).read(recorded.blob().key(), first, length);
    } catch (NoSuchBlobException discardedMeanwhile) {
      throw ProblemException.notFound();
    }
    boolean flowing = false;
    try {
      range.ifPresent(
          r -> {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + r.first() + "-" + r.last() + "/" + size);
          });
      response.setContentLengthLong(length);
      AsyncContext async = request.startAsync(request, response);
      // A slow listener may take hours; a dead one is ended by the connection's idle time.
      async.setTimeout(0);
      var out = response.getOutputStream();
      out.setWriteListener(new ByteFlow(async, out, in, length, right, use::end));
      flowing = true;
    } finally {
      if (!flowing) {
        in.close();
      }
    }
  }
}

package org.tonekeep.vault.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.servlet.AsyncContext;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
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
 * anything is looked up; the row is read before the bytes flow, so no database connection is held
 * while they do.
 */
@Component(service = HttpDoor.class, property = HttpDoor.PATH + "=" + HmacSignedUrls.PATH)
public final class ByteDoor implements HttpDoor {
  private static final int ETAG_DIGITS = 32;

  private final HmacSignedUrls urls;
  private final Gate gate;
  private final BlobRowStore rows;
  private final StoreBoard stores;

  @Activate
  public ByteDoor(
      @Reference HmacSignedUrls urls,
      @Reference Gate gate,
      @Reference BlobRowStore rows,
      @Reference StoreBoard stores) {
    this.urls = urls;
    this.gate = gate;
    this.rows = rows;
    this.stores = stores;
  }

  @Override
  public void serve(Who who, String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean get = request.getMethod().equals("GET");
    if (!get && !request.getMethod().equals("HEAD")) {
      throw ProblemException.of(
              405, "method-not-allowed", "Method not allowed", "Only GET and HEAD work here")
          .withHeader("Allow", "GET, HEAD");
    }
    gate.requireKept(who.tenant(), Act.DELIVERY);
    UrlToken token = urls.verify(who.tenant(), path.substring(HmacSignedUrls.PATH.length()));
    RecordedBlob recorded =
        rows.find(who.tenant(), token.key()).orElseThrow(ProblemException::notFound);
    String etag = "\"" + recorded.blob().sha256().substring(0, ETAG_DIGITS) + "\"";
    Preconditions conditions = new Preconditions(request, etag, recorded.recordedAt());
    if (conditions.failed()) {
      throw ProblemException.of(
          412, "precondition-failed", "Precondition failed", "The file is not the one you named");
    }
    common(response, recorded, etag);
    if (conditions.notModified()) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    describe(response, recorded.blob(), token);
    Optional<ByteRange> range =
        get ? range(request, conditions, recorded.blob()) : Optional.empty();
    if (get) {
      send(request, response, recorded, range);
    } else {
      response.setContentLengthLong(recorded.blob().length());
    }
  }

  private static void common(HttpServletResponse response, RecordedBlob recorded, String etag) {
    response.setHeader("ETag", etag);
    response.setHeader("Last-Modified", Preconditions.httpDate(recorded.recordedAt()));
    response.setHeader("Cache-Control", "private, no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
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
      Optional<ByteRange> range)
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
      out.setWriteListener(new ByteFlow(async, out, in, length));
      flowing = true;
    } finally {
      if (!flowing) {
        in.close();
      }
    }
  }
}

package org.tonekeep.rest.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.servlet.ServletException;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.ProcessingException;
import javax.ws.rs.WebApplicationException;
import org.apache.cxf.interceptor.Fault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.identity.api.InvalidProfileException;
import org.tonekeep.identity.api.UsernameTakenException;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.api.QuotaExceededException;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.storage.api.StorageUnavailableException;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.FeatureOffException;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.UnknownTenantException;

/** The one place where exceptions become problem documents. */
final class Problems {
  static final String MEDIA_TYPE = "application/problem+json";

  /** Request attribute: the request's id. */
  static final String REQUEST_ID = "org.tonekeep.request";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
  private static final int DEPTH = 8;

  private Problems() {}

  /** The document for an exception; unexpected ones are logged with their stack and say nothing. */
  static Problem of(Throwable thrown) {
    Throwable inner = thrown;
    for (int i = 0; i < DEPTH && onlyWraps(inner) && inner.getCause() != null; i++) {
      inner = inner.getCause();
    }
    Problem known = known(inner);
    if (known == null) {
      known = inner instanceof IOException e ? broken(e) : null;
    }
    if (known == null) {
      known = Outages.of(thrown);
    }
    if (known != null) {
      return known;
    }
    LOG.error("A request failed unexpectedly", thrown);
    return Problem.of(
        500, "unexpected", "Something went wrong here", "The operator finds it in the log");
  }

  /** What frameworks put around an exception; others say something by themselves. */
  private static boolean onlyWraps(Throwable thrown) {
    return thrown instanceof Fault
        || thrown instanceof ServletException
        || thrown instanceof UncheckedIOException
        || thrown instanceof ProcessingException
        || thrown instanceof CompletionException
        || thrown instanceof ExecutionException
        || thrown instanceof InvocationTargetException;
  }

  private static @Nullable Problem known(Throwable thrown) {
    if (thrown instanceof ProblemException e) {
      return Problem.of(e.status(), e.code(), e.title(), e.detail()).with(e.errors(), e.headers());
    }
    if (thrown instanceof FeatureOffException e) {
      return Problem.of(404, "feature-off", "Not available here", message(e))
          .about(e.feature(), null);
    }
    if (thrown instanceof PromiseUnkeptException e) {
      return retryLater(
          Problem.of(503, "promise-unkept", "Not accepted for now", message(e))
              .about(e.feature(), e.promise()));
    }
    if (thrown instanceof AdapterMissingException e) {
      return retryLater(Problem.of(503, "adapter-missing", "Not available for now", message(e)));
    }
    if (thrown instanceof UnknownTenantException e) {
      return Problem.of(404, "unknown-tenant", "No such site", message(e));
    }
    if (thrown instanceof UnsupportedAudioException e) {
      return Problem.of(415, "unsupported-audio", "Not an audio file we can take", message(e));
    }
    if (thrown instanceof TooLargeException e) {
      return Problem.of(413, "too-large", "Too large", message(e)).past(null, e.limit());
    }
    if (thrown instanceof QuotaExceededException e) {
      Problem full = Problem.of(507, "quota-exceeded", "No room", message(e));
      return e.what() == QuotaExceededException.What.SITE ? full : full.past(e.used(), e.limit());
    }
    if (thrown instanceof EmailTakenException e) {
      return Problem.of(409, "email-taken", "Address already registered", message(e));
    }
    if (thrown instanceof UsernameTakenException e) {
      return Problem.of(409, "username-taken", "Username taken", message(e));
    }
    if (thrown instanceof InvalidProfileException e) {
      return known(
          ProblemException.invalid(
              e.wrong().stream()
                  .map(w -> new ProblemException.FieldError(w.pointer(), w.detail()))
                  .toArray(ProblemException.FieldError[]::new)));
    }
    if (thrown instanceof StorageFullException) {
      return retryLater(
          Problem.of(507, "storage-full", "No room", "The server has no room for this file now"));
    }
    if (thrown instanceof StorageUnavailableException) {
      return retryLater(
          Problem.of(
              503, "storage-unavailable", "Not available for now", "The files cannot be reached"));
    }
    if (thrown instanceof NoSuchBlobException) {
      return known(ProblemException.notFound());
    }
    return thrown instanceof WebApplicationException e ? ofJaxRs(e) : null;
  }

  private static @Nullable Problem broken(IOException e) {
    if (!(e instanceof BrokenBodyException body)) {
      return null;
    }
    return body.late()
        ? Problem.of(408, "too-slow", "Too slow", "The body did not arrive in time")
        : Problem.of(400, "broken-body", "Broken body", "The body did not arrive as announced");
  }

  static Problem retryLater(Problem problem) {
    return problem.with(List.of(), Map.of("Retry-After", "10"));
  }

  private static @Nullable Problem ofJaxRs(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (status >= 500 && status != 503) {
      return null;
    }
    return switch (status) {
      case 404 -> known(ProblemException.notFound());
      case 405 -> {
        String allow = e.getResponse().getHeaderString("Allow");
        yield Problem.of(405, "method-not-allowed", "Method not allowed", "Not with this method")
            .with(List.of(), allow == null ? Map.of() : Map.of("Allow", allow));
      }
      case 406 -> Problem.of(406, "not-acceptable", "Not acceptable", "Not in that form");
      case 415 ->
          Problem.of(
              415,
              "unsupported-media-type",
              "Unsupported media type",
              "The body's media type is not one that is taken here");
      case 503 -> retryLater(Problem.of(503, "not-now", "Not now", "Try again in a moment"));
      default ->
          Problem.of(status, "http-" + status, "Request refused", "The request is not valid");
    };
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  /**
   * Writes the document in place of what the response holds so far.
   *
   * @throws IOException when the response has begun: the connection is broken off, so that nobody
   *     takes half an answer for a whole one
   */
  static void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (response.isCommitted()) {
      throw new IOException("The response had begun when the request failed");
    }
    String date = response.getHeader("Date");
    response.reset();
    if (date != null) {
      response.setHeader("Date", date);
    }
    response.setStatus(problem.status());
    SecurityHeaders.set(request, response);
    problem.headers().forEach(response::setHeader);
    response.setContentType(MEDIA_TYPE);
    boolean unread = BodyRules.isUnread(request);
    if (unread) {
      response.setHeader("Connection", "close");
    }
    byte[] body = Json.MAPPER.writeValueAsBytes(problem.at(requestId(request)));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    if (unread) {
      response.flushBuffer();
      BodyRules.readOn(request);
    }
  }

  static String requestId(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(REQUEST_ID));
  }
}

package org.tonekeep.rest.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.servlet.http.HttpServletResponse;
import javax.ws.rs.WebApplicationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tonekeep.identity.api.EmailTakenException;
import org.tonekeep.rest.api.ProblemException;
import org.tonekeep.rest.api.ProblemException.FieldError;
import org.tonekeep.storage.api.NoSuchBlobException;
import org.tonekeep.storage.api.StorageFullException;
import org.tonekeep.storage.api.TooLargeException;
import org.tonekeep.storage.api.UnsupportedAudioException;
import org.tonekeep.tenant.api.AdapterMissingException;
import org.tonekeep.tenant.api.FeatureOffException;
import org.tonekeep.tenant.api.PromiseUnkeptException;
import org.tonekeep.tenant.api.UnknownTenantException;

/** The one place where exceptions become problem documents. */
final class Problems {
  static final String MEDIA_TYPE = "application/problem+json";
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** The document for an exception; unexpected ones are logged with their stack and say nothing. */
  static Problem of(Throwable thrown) {
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
      return Problem.of(413, "too-large", "Too large", message(e));
    }
    if (thrown instanceof EmailTakenException e) {
      return Problem.of(409, "email-taken", "Address already registered", message(e));
    }
    if (thrown instanceof StorageFullException) {
      return retryLater(
          Problem.of(507, "storage-full", "No room", "The server has no room for this file now"));
    }
    if (thrown instanceof NoSuchBlobException) {
      return of(ProblemException.notFound());
    }
    if (thrown instanceof JsonMappingException e) {
      return invalid(e);
    }
    if (thrown instanceof JsonProcessingException) {
      return Problem.of(400, "malformed-json", "Malformed JSON", "The body is not valid JSON");
    }
    if (thrown instanceof WebApplicationException e) {
      return ofJaxRs(e);
    }
    LOG.error("A request failed unexpectedly", thrown);
    return Problem.of(
        500, "unexpected", "Something went wrong here", "The operator finds it in the log");
  }

  private static Problem retryLater(Problem problem) {
    return problem.with(List.of(), Map.of("Retry-After", "10"));
  }

  private static Problem invalid(JsonMappingException e) {
    String pointer =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null ? "/" + step.getIndex() : "/" + step.getFieldName())
            .collect(Collectors.joining());
    return Problem.of(422, "invalid", "Invalid input", "Some fields are not valid")
        .with(List.of(new FieldError(pointer, "not a valid value")), Map.of());
  }

  private static Problem ofJaxRs(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    return switch (status) {
      case 404 -> of(ProblemException.notFound());
      case 405 -> {
        String allow = e.getResponse().getHeaderString("Allow");
        yield Problem.of(405, "method-not-allowed", "Method not allowed", "Not with this method")
            .with(List.of(), allow == null ? Map.of() : Map.of("Allow", allow));
      }
      case 406 -> Problem.of(406, "not-acceptable", "Not acceptable", "Not in that form");
      case 415 ->
          Problem.of(415, "unsupported-media-type", "Unsupported media type", "Send JSON here");
      default -> {
        if (status >= 500) {
          LOG.error("A request failed unexpectedly", e);
        }
        yield Problem.of(status, "http-" + status, "Request refused", "The request is not valid");
      }
    };
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  /** Writes the document if nothing was sent yet; else breaks the connection off. */
  static void write(HttpServletResponse response, Problem problem, String requestId)
      throws IOException {
    if (response.isCommitted()) {
      throw new IOException("The response had begun when the request failed");
    }
    response.reset();
    response.setStatus(problem.status());
    SecurityHeaders.set(response);
    problem.headers().forEach(response::setHeader);
    response.setContentType(MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    byte[] body = Json.MAPPER.writeValueAsBytes(problem.at(requestId));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}

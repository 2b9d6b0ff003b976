package org.tonekeep.rest.api;

import java.util.List;
import java.util.Map;

/**
 * Becomes a problem document (RFC 9457) of type {@code urn:tonekeep:problem:<code>}. Details are
 * written for the person at the other end; they never hold somebody else's ids or addresses.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final int status;
  private final String code;
  private final String title;
  private final transient List<FieldError> errors;
  private final transient Map<String, String> headers;

  private ProblemException(
      int status,
      String code,
      String title,
      String detail,
      List<FieldError> errors,
      Map<String, String> headers) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
    this.errors = List.copyOf(errors);
    this.headers = Map.copyOf(headers);
  }

  public static ProblemException of(int status, String code, String title, String detail) {
    return new ProblemException(status, code, title, detail, List.of(), Map.of());
  }

  /** The same 404 for what is absent and for what is somebody else's. */
  public static ProblemException notFound() {
    return of(404, "not-found", "Not found", "There is nothing here under this address");
  }

  /** 422 {@code invalid} with the fields that are wrong. */
  public static ProblemException invalid(FieldError... errors) {
    return new ProblemException(
        422, "invalid", "Invalid input", "Some fields are not valid", List.of(errors), Map.of());
  }

  /** The same problem with a response header more. */
  public ProblemException withHeader(String name, String value) {
    Map<String, String> more = new java.util.TreeMap<>(headers);
    more.put(name, value);
    return new ProblemException(status, code, title, detail(), errors, more);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public String title() {
    return title;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<FieldError> errors() {
    return errors;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /**
   * A field that is wrong.
   *
   * @param pointer JSON Pointer (RFC 6901) into the request body, such as {@code /email}
   */
  public record FieldError(String pointer, String detail) {}
}

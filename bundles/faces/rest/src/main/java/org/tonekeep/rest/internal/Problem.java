package org.tonekeep.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tonekeep.rest.api.ProblemException.FieldError;

/**
 * A problem document (RFC 9457).
 *
 * @param feature the feature that is off, only with {@code feature-off} and {@code promise-unkept}
 * @param promise the promise that cannot be kept, only with {@code promise-unkept}
 * @param used what the account keeps, only with {@code quota-exceeded}
 * @param limit the most that is taken, only with {@code quota-exceeded} and {@code too-large}
 * @param headers response headers, not part of the document
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
    String type,
    String title,
    int status,
    String detail,
    String instance,
    List<FieldError> errors,
    @Nullable String feature,
    @Nullable String promise,
    @Nullable Long used,
    @Nullable Long limit,
    @com.fasterxml.jackson.annotation.JsonIgnore Map<String, String> headers) {

  static Problem of(int status, String code, String title, String detail) {
    String type = "urn:tonekeep:problem:" + code;
    return new Problem(
        type, title, status, detail, "", List.of(), null, null, null, null, Map.of());
  }

  Problem about(@Nullable String newFeature, @Nullable String newPromise) {
    return new Problem(
        type,
        title,
        status,
        detail,
        instance,
        errors,
        newFeature,
        newPromise,
        used,
        limit,
        headers);
  }

  /** With figures; the account's own only. */
  Problem past(@Nullable Long newUsed, long newLimit) {
    return new Problem(
        type, title, status, detail, instance, errors, feature, promise, newUsed, newLimit,
        headers);
  }

  Problem with(List<FieldError> newErrors, Map<String, String> newHeaders) {
    return new Problem(
        type,
        title,
        status,
        detail,
        instance,
        newErrors,
        feature,
        promise,
        used,
        limit,
        newHeaders);
  }

  Problem at(String requestId) {
    String request = "urn:tonekeep:request:" + requestId;
    return new Problem(
        type, title, status, detail, request, errors, feature, promise, used, limit, headers);
  }
}

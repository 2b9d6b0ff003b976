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
    @com.fasterxml.jackson.annotation.JsonIgnore Map<String, String> headers) {

  static Problem of(int status, String code, String title, String detail) {
    return new Problem(
        "urn:tonekeep:problem:" + code, title, status, detail, "", List.of(), null, null, Map.of());
  }

  Problem about(@Nullable String newFeature, @Nullable String newPromise) {
    return new Problem(
        type, title, status, detail, instance, errors, newFeature, newPromise, headers);
  }

  Problem with(List<FieldError> newErrors, Map<String, String> newHeaders) {
    return new Problem(
        type, title, status, detail, instance, newErrors, feature, promise, newHeaders);
  }

  Problem at(String requestId) {
    return new Problem(
        type,
        title,
        status,
        detail,
        "urn:tonekeep:request:" + requestId,
        errors,
        feature,
        promise,
        headers);
  }
}

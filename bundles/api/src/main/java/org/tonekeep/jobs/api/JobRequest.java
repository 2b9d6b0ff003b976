package org.tonekeep.jobs.api;

import java.util.Map;
import java.util.TreeMap;

/**
 * Work to be done. The payload holds ids and small numbers, never personal data.
 *
 * @param owner account whose turn the job takes and who may see it; empty for the platform's own
 *     work
 * @param kind {@code <feature>.<what>} such as {@code analysis.track}: the feature before the dot
 *     must be on for the tenant, else the job waits; kinds of core bundles begin with {@code core.}
 * @param subject id of what the job works on (a track, a blob path); at most 200 characters
 * @param payload at most 20 entries of at most 100 characters
 */
public record JobRequest(String owner, String kind, String subject, Map<String, String> payload) {
  public JobRequest {
    payload = java.util.Collections.unmodifiableMap(new TreeMap<>(payload));
    if (!kind.matches("[a-z][a-z0-9-]*\\.[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("A job's kind is <feature>.<what>");
    }
    if (subject.length() > 200 || payload.size() > 20) {
      throw new IllegalArgumentException("A job's subject or payload is too large");
    }
  }

  /** The feature that must be on for the job to run; {@code core} always is. */
  public String feature() {
    return kind.substring(0, kind.indexOf('.'));
  }
}

package org.tonekeep.tenant.api;

import java.util.List;
import java.util.Set;

/**
 * What a concern declares about itself. The declaration is remembered (also over restarts) so that
 * an absent bundle still answers {@code feature-off} and still owes its promises.
 *
 * @param id the concern's name, {@code [a-z][a-z0-9-]*}; what a tenant's file lists
 * @param title for people
 * @param needs ids of features without which this one cannot be on
 * @param basePaths literal REST base paths, such as {@code /api/auth}
 * @param processes what it does to audio or personal data, one clause each, for the policy
 * @param keeps promises it keeps
 * @param trackJobs kinds of the jobs that every uploaded track of a tenant with this feature gets
 */
public record Feature(
    String id,
    String title,
    Set<String> needs,
    List<String> basePaths,
    List<String> processes,
    List<Promise> keeps,
    List<String> trackJobs) {
  public Feature {
    if (!id.matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException("A feature's id is a-z, 0-9 and '-'");
    }
    needs = Set.copyOf(needs);
    basePaths = List.copyOf(basePaths);
    processes = List.copyOf(processes);
    keeps = List.copyOf(keeps);
    trackJobs = List.copyOf(trackJobs);
  }
}

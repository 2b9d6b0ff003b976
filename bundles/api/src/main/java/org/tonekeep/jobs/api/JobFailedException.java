package org.tonekeep.jobs.api;

/** The job cannot succeed, however often it is tried. */
public final class JobFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason for people; no personal data
   */
  public JobFailedException(String reason) {
    super(reason);
  }
}

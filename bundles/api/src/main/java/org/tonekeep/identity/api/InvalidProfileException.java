package org.tonekeep.identity.api;

import java.util.List;
import java.util.stream.Collectors;

/** Parts of a profile are not valid. */
public final class InvalidProfileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final transient List<Wrong> wrong;

  /**
   * @param wrong at least one
   */
  public InvalidProfileException(List<Wrong> wrong) {
    super(wrong.stream().map(Wrong::detail).collect(Collectors.joining("; ")));
    this.wrong = List.copyOf(wrong);
  }

  public List<Wrong> wrong() {
    return wrong;
  }

  /**
   * A part that is not valid.
   *
   * @param pointer JSON Pointer (RFC 6901) into a profile, such as {@code /socials/x}
   * @param detail says what would be right; never repeats what was given
   */
  public record Wrong(String pointer, String detail) {}
}

package org.tonekeep.identity.api;

/**
 * The name by which a person is shown, without surrounding blanks; may be empty.
 *
 * @param value at most 100 characters, no control characters
 */
public record DisplayName(String value) {
  private static final int MOST = 100;

  /**
   * @throws IllegalArgumentException saying what would be right
   */
  public DisplayName {
    value = value.strip();
    if (value.length() > MOST || !value.codePoints().allMatch(DisplayName::printable)) {
      throw new IllegalArgumentException(
          "A display name has at most 100 characters and no control characters");
    }
  }

  /**
   * Whether a character may stand in a line of text that others read: no control character or end
   * of a line, no half of a character, and nothing that turns the direction of what follows.
   */
  public static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !turns(c);
    };
  }

  /** Turns the direction of what follows, also outside of the name (UAX #9, section 2). */
  private static boolean turns(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }
}

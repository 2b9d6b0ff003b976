package org.tonekeep.rest.internal;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** So many in so long, such as {@code 10/PT15M}. */
record Rate(int count, Duration period) {
  private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,6})/(P.+)");
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(1);

  /**
   * @throws IllegalArgumentException saying what would be right
   */
  static Rate parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("expected <number>/<duration>, such as 10/PT15M");
    }
    Duration period;
    try {
      period = Duration.parse(matcher.group(2));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("expected <number>/<duration>, such as 10/PT15M", e);
    }
    if (period.compareTo(LEAST) < 0 || period.compareTo(MOST) > 0) {
      throw new IllegalArgumentException("expected a time of PT1S to PT24H");
    }
    return new Rate(Integer.parseInt(matcher.group(1)), period);
  }
}

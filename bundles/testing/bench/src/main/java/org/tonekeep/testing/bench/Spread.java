package org.tonekeep.testing.bench;

import java.util.List;
import java.util.Locale;

/** Several measurements of one thing. */
record Spread(double least, double median, double most, int count) {
  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    return new Spread(sorted[0], median, sorted[n - 1], n);
  }

  /**
   * A percentile of measured nanoseconds, in milliseconds.
   *
   * @param fraction 0 to 1
   */
  static double millis(long[] sortedNanos, double fraction) {
    int at = (int) Math.ceil(fraction * sortedNanos.length) - 1;
    return sortedNanos[Math.max(0, at)] / 1e6;
  }

  /** Least and most, as words for the last column. */
  String range(String format) {
    return count == 1
        ? "once"
        : String.format(Locale.ROOT, format + " to " + format + ", %d runs", least, most, count);
  }
}

package org.tonekeep.testing.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result: one row per figure, with its unit, filled while measuring and printed at the end. */
final class Table {
  private final List<String[]> rows = new ArrayList<>();

  void section(String title) {
    rows.add(new String[] {title});
    System.err.println("-- " + title);
  }

  /**
   * @param figure with as many digits as mean something
   * @param note conditions, spread, comparison; may be empty
   */
  void row(String what, String figure, String unit, String note) {
    rows.add(new String[] {what, figure, unit, note});
    System.err.printf(Locale.ROOT, "   %s: %s %s (%s)%n", what, figure, unit, note);
  }

  void row(String what, double figure, String unit, String note) {
    row(what, digits(figure), unit, note);
  }

  void row(String what, Spread spread, String unit, String note) {
    String range = spread.range(spread.most() >= 100 ? "%.0f" : "%.2f");
    row(what, digits(spread.median()), unit, note.isEmpty() ? range : range + "; " + note);
  }

  private static String digits(double figure) {
    String format = figure >= 100 ? "%.0f" : figure >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, figure);
  }

  @Override
  public String toString() {
    int wide = rows.stream().mapToInt(r -> r.length == 1 ? 0 : r[0].length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      if (row.length == 1) {
        text.append('\n').append(row[0]).append('\n');
      } else {
        text.append(
            String.format(
                    Locale.ROOT, "  %-" + wide + "s  %8s %-8s %s", row[0], row[1], row[2], row[3])
                .stripTrailing());
        text.append('\n');
      }
    }
    return text.toString();
  }
}

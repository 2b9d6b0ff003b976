package org.tonekeep.analysis.internal;

import java.util.Arrays;

/** A growing list of mean powers, and the gating over it. */
final class Powers {
  private double[] values = new double[1024];
  private int size;

  void add(double power) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = power;
  }

  int size() {
    return size;
  }

  /** Mean of the last powers. */
  double meanOfLast(int count) {
    double sum = 0;
    for (int i = size - count; i < size; i++) {
      sum += values[i];
    }
    return sum / count;
  }

  /** Mean of those above a power; 0 when there is none. */
  double meanAbove(double gate) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (values[i] > gate) {
        sum += values[i];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /** Those above a power, in rising order. */
  double[] sortedAbove(double gate) {
    return Arrays.stream(values, 0, size).filter(v -> v > gate).sorted().toArray();
  }
}

package org.tonekeep.analysis.internal;

/** K-weights one channel (ITU-R BS.1770-4, Annex 1) and sums the squares. */
final class KWeighting {
  private final Biquad shelf;
  private final Biquad highPass;
  private double shelf1;
  private double shelf2;
  private double high1;
  private double high2;

  KWeighting(double sampleRate) {
    this.shelf = Biquad.shelf(sampleRate);
    this.highPass = Biquad.highPass(sampleRate);
  }

  /**
   * Filters the next samples of the channel (transposed direct form II).
   *
   * @param samples interleaved
   * @param first index of the channel's first sample
   * @param step distance between its samples
   * @return sum of the squares of the filtered samples
   */
  double energy(float[] samples, int first, int step, int count) {
    double s1 = shelf1;
    double s2 = shelf2;
    double h1 = high1;
    double h2 = high2;
    double b0 = shelf.b0();
    double b1 = shelf.b1();
    double b2 = shelf.b2();
    double a1 = shelf.a1();
    double a2 = shelf.a2();
    double c1 = highPass.a1();
    double c2 = highPass.a2();
    double sum = 0;
    for (int i = 0, at = first; i < count; i++, at += step) {
      double x = samples[at];
      double y = b0 * x + s1;
      s1 = b1 * x - a1 * y + s2;
      s2 = b2 * x - a2 * y;
      double z = y + h1;
      h1 = -2 * y - c1 * z + h2;
      h2 = y - c2 * z;
      sum += z * z;
    }
    shelf1 = settled(s1);
    shelf2 = settled(s2);
    high1 = settled(h1);
    high2 = settled(h2);
    return sum;
  }

  /** Keeps the tail after silence out of the slow range of denormal numbers. */
  private static double settled(double state) {
    return Math.abs(state) < 1e-30 ? 0 : state;
  }
}

package org.tonekeep.analysis.internal;

/**
 * Coefficients of a second-order filter, normalised to {@code a0 = 1}.
 *
 * @param b0 b1, b2 feed forward
 * @param a1 a2 feed back
 */
record Biquad(double b0, double b1, double b2, double a1, double a2) {
  /**
   * The high shelf of K-weighting (ITU-R BS.1770-4, Annex 1, table 1) for any sample rate. The
   * analogue prototype behind the table is that of B. De Man, "Evaluation of Implementations of the
   * EBU R128 Loudness Measurement", AES 145 (2018); at 48 kHz it yields the table's figures.
   */
  static Biquad shelf(double sampleRate) {
    double k = Math.tan(Math.PI * 1681.974450955533 / sampleRate);
    double q = 0.7071752369554196;
    double vh = Math.pow(10, 3.999843853973347 / 20);
    double vb = Math.pow(vh, 0.4996667741545416);
    double a0 = 1 + k / q + k * k;
    return new Biquad(
        (vh + vb * k / q + k * k) / a0,
        2 * (k * k - vh) / a0,
        (vh - vb * k / q + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0);
  }

  /** The high pass of K-weighting (BS.1770-4, Annex 1, table 2), as {@link #shelf}. */
  static Biquad highPass(double sampleRate) {
    double k = Math.tan(Math.PI * 38.13547087602444 / sampleRate);
    double q = 0.5003270373238773;
    double a0 = 1 + k / q + k * k;
    return new Biquad(1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0);
  }
}

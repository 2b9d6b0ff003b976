package org.tonekeep.vault.internal;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.tonekeep.storage.api.UnsupportedAudioException;

/** Saying what an upload is: at once for a WAV, after a search of the whole head for junk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SnifferBenchmark {
  private final AudioSniffer sniffer = new AudioSniffer();
  private final byte[] wave = head("RIFF....WAVE");
  private final byte[] junk = head("");

  private static byte[] head(String begin) {
    byte[] head = new byte[AudioSniffer.HEAD];
    new Random(1).nextBytes(head);
    for (int i = 0; i < begin.length(); i++) {
      head[i] = (byte) begin.charAt(i);
    }
    return head;
  }

  /** A WAV. */
  @Benchmark
  public Object wave() {
    return sniffer.sniff(wave);
  }

  /** Random bytes: the dearest refusal. */
  @Benchmark
  public Object junk() {
    try {
      return sniffer.sniff(junk);
    } catch (UnsupportedAudioException refused) {
      return refused;
    }
  }
}

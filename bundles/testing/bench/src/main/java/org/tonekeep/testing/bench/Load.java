package org.tonekeep.testing.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Some clients, each with a kept connection, asking as fast as they are answered. */
final class Load {
  private final int port;
  private final List<Long> pids;

  /**
   * @param pids of the server, whose processor time is counted
   */
  Load(int port, List<Long> pids) {
    this.port = port;
    this.pids = pids;
  }

  /** One question. */
  interface Question {
    Wire.Answer ask(Wire wire, Random random) throws IOException;
  }

  /**
   * What came of it.
   *
   * @param median milliseconds that half of the questions took at most
   * @param slow milliseconds that 99 of 100 took at most
   * @param serverSeconds processor time of the server
   */
  record Result(
      double seconds, long count, long bytes, double median, double slow, double serverSeconds) {
    double perSecond() {
      return count / seconds;
    }

    /** Millions of bytes per second. */
    double megabytes() {
      return bytes / 1e6 / seconds;
    }

    double microsPerRequest() {
      return serverSeconds * 1e6 / count;
    }

    double serverSecondsPerGigabyte() {
      return serverSeconds * 1e9 / bytes;
    }

    String latency() {
      return String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms", median, slow);
    }
  }

  /** Asks for a while; every answer must have the status. */
  Result run(int clients, Duration time, int status, Question question) {
    double cpu = cpu();
    long start = System.nanoTime();
    long end = start + time.toNanos();
    List<Client> done =
        together(clients, number -> new Client(number).ask(port, end, status, question));
    double seconds = Until.seconds(start);
    long[] nanos = done.stream().flatMapToLong(Client::nanos).sorted().toArray();
    return new Result(
        seconds,
        nanos.length,
        done.stream().mapToLong(c -> c.bytes).sum(),
        Spread.millis(nanos, 0.5),
        Spread.millis(nanos, 0.99),
        cpu() - cpu);
  }

  private double cpu() {
    return pids.stream().mapToDouble(Processes::cpuSeconds).sum();
  }

  /** Work of one of several clients. */
  interface Work<T> {
    T run(int number) throws IOException;
  }

  /** Runs the work of all clients at once; the first failure fails all. */
  static <T> List<T> together(int clients, Work<T> work) {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int number = i;
        Callable<T> one = () -> work.run(number);
        running.add(threads.submit(one));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("A client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static final class Client {
    private final Random random;
    private final List<Long> took = new ArrayList<>();
    private long bytes;

    Client(int number) {
      this.random = new Random(number);
    }

    Client ask(int port, long end, int status, Question question) {
      try (Wire wire = new Wire(port)) {
        long now = System.nanoTime();
        while (now < end) {
          Wire.Answer answer = question.ask(wire, random);
          if (answer.status() != status) {
            throw new IllegalStateException("Answered " + answer.status() + ", not " + status);
          }
          bytes += answer.length();
          long then = System.nanoTime();
          took.add(then - now);
          now = then;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return this;
    }

    LongStream nanos() {
      return took.stream().mapToLong(Long::longValue);
    }
  }
}

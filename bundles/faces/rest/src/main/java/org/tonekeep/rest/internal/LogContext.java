package org.tonekeep.rest.internal;

import java.io.IOException;
import javax.servlet.ReadListener;
import javax.servlet.WriteListener;
import org.slf4j.MDC;

/**
 * What log lines say about a request, on whichever thread its work goes on.
 *
 * @param request the request's id
 */
record LogContext(String tenant, String request) {
  static final String TENANT = "tenant";
  static final String REQUEST = "request";

  /** What a container calls back. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  static void clear() {
    MDC.remove(REQUEST);
    MDC.remove(TENANT);
  }

  void enter() {
    MDC.put(REQUEST, request);
    MDC.put(TENANT, tenant);
  }

  private void around(Work work) throws IOException {
    enter();
    try {
      work.run();
    } finally {
      clear();
    }
  }

  private void aroundError(Runnable work) {
    enter();
    try {
      work.run();
    } finally {
      clear();
    }
  }

  ReadListener around(ReadListener inner) {
    return new ReadListener() {
      @Override
      public void onDataAvailable() throws IOException {
        around(inner::onDataAvailable);
      }

      @Override
      public void onAllDataRead() throws IOException {
        around(inner::onAllDataRead);
      }

      @Override
      public void onError(Throwable failure) {
        aroundError(() -> inner.onError(failure));
      }
    };
  }

  WriteListener around(WriteListener inner) {
    return new WriteListener() {
      @Override
      public void onWritePossible() throws IOException {
        around(inner::onWritePossible);
      }

      @Override
      public void onError(Throwable failure) {
        aroundError(() -> inner.onError(failure));
      }
    };
  }
}

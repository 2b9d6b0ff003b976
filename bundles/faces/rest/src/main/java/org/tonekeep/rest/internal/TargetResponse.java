package org.tonekeep.rest.internal;

import java.io.IOException;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A response whose asynchronous writing knows what to say in the log, and that is not closed like a
 * whole one when it broke in the middle.
 */
final class TargetResponse extends HttpServletResponseWrapper {
  private final LogContext log;
  private @Nullable ServletOutputStream stream;
  private volatile boolean broken;

  TargetResponse(HttpServletResponse response, LogContext log) {
    super(response);
    this.log = log;
  }

  /** From now on this is no whole answer, whatever is still written. */
  void breakOff() {
    broken = true;
  }

  boolean broken() {
    return broken;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream known = stream;
    if (known == null) {
      known = new Stream(super.getOutputStream());
      stream = known;
    }
    return known;
  }

  private final class Stream extends ServletOutputStream {
    private final ServletOutputStream out;

    Stream(ServletOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!broken) {
        out.close();
      }
    }

    @Override
    public boolean isReady() {
      return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      out.setWriteListener(log.around(listener));
    }
  }
}

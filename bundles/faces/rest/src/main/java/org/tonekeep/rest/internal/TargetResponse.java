package org.tonekeep.rest.internal;

import java.io.IOException;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A response whose asynchronous writing knows what to say in the log, and that is not closed like a
 * whole one when it broke in the middle. Before anything of it can go out, it tells.
 */
final class TargetResponse extends HttpServletResponseWrapper {
  private final LogContext log;
  private final Runnable beforeAnything;
  private @Nullable ServletOutputStream stream;
  private volatile boolean broken;

  /**
   * @param beforeAnything run whenever status and headers may be on their way; often, so cheap
   */
  TargetResponse(HttpServletResponse response, LogContext log, Runnable beforeAnything) {
    super(response);
    this.log = log;
    this.beforeAnything = beforeAnything;
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

  @Override
  public void flushBuffer() throws IOException {
    beforeAnything.run();
    super.flushBuffer();
  }

  private final class Stream extends ServletOutputStream {
    private final ServletOutputStream out;

    Stream(ServletOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      beforeAnything.run();
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      beforeAnything.run();
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      beforeAnything.run();
      out.flush();
    }

    @Override
    public void close() throws IOException {
      if (!broken) {
        beforeAnything.run();
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

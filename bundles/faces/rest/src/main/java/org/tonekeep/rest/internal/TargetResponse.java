package org.tonekeep.rest.internal;

import java.io.IOException;
import javax.servlet.ServletOutputStream;
import javax.servlet.WriteListener;
import javax.servlet.http.HttpServletResponse;
import javax.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;

/** A response whose asynchronous writing knows what to say in the log. */
final class TargetResponse extends HttpServletResponseWrapper {
  private final LogContext log;
  private @Nullable ServletOutputStream stream;

  TargetResponse(HttpServletResponse response, LogContext log) {
    super(response);
    this.log = log;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream known = stream;
    if (known == null) {
      known = new Stream(super.getOutputStream(), log);
      stream = known;
    }
    return known;
  }

  private static final class Stream extends ServletOutputStream {
    private final ServletOutputStream out;
    private final LogContext log;

    Stream(ServletOutputStream out, LogContext log) {
      this.out = out;
      this.log = log;
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
      out.close();
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

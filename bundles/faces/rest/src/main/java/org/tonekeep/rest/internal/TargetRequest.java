package org.tonekeep.rest.internal;

import java.io.IOException;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.tonekeep.storage.api.TooLargeException;

/**
 * A request as the resources see it: the tenant's root is the context path, the body has a limit.
 */
final class TargetRequest extends HttpServletRequestWrapper {
  private final Target target;
  private final long bodyLimit;

  /**
   * @param bodyLimit in bytes; {@link Long#MAX_VALUE} for resources that count for themselves
   */
  TargetRequest(HttpServletRequest request, Target target, long bodyLimit) {
    super(request);
    this.target = target;
    this.bodyLimit = bodyLimit;
  }

  @Override
  public String getContextPath() {
    return target.root();
  }

  @Override
  public String getServletPath() {
    return "";
  }

  @Override
  public @Nullable String getPathInfo() {
    return target.path();
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    ServletInputStream body = super.getInputStream();
    return bodyLimit == Long.MAX_VALUE ? body : new Limited(body, bodyLimit);
  }

  private static final class Limited extends ServletInputStream {
    private final ServletInputStream body;
    private final long limit;
    private long left;

    Limited(ServletInputStream body, long limit) {
      this.body = body;
      this.limit = limit;
      this.left = limit;
    }

    private int count(int read) {
      left -= Math.max(read, 0);
      if (left < 0) {
        throw new TooLargeException(limit);
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      int value = body.read();
      int unused = count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return count(body.read(buffer, offset, length));
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}

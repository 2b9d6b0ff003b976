package org.tonekeep.rest.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import javax.servlet.ReadListener;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;
import org.tonekeep.rest.api.ProblemException;

/**
 * A request as the resources see it: the tenant's root is the context path, the body has a limit,
 * and nothing tells who sent it.
 */
final class TargetRequest extends AnonymousRequest {
  private final Target target;
  private final LogContext log;
  private final long bodyLimit;
  private @Nullable Body body;

  /**
   * @param bodyLimit in bytes; {@link Long#MAX_VALUE} for resources that count for themselves
   */
  TargetRequest(OriginalRequest request, Target target, LogContext log, long bodyLimit) {
    super(request);
    this.target = target;
    this.log = log;
    this.bodyLimit = bodyLimit;
  }

  LogContext log() {
    return log;
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
    Body known = body;
    if (known == null) {
      known = new Body(getRequest(), log, bodyLimit);
      body = known;
    }
    return known;
  }

  /**
   * The request is refused. A peer who waits with {@code Expect: 100-continue} and was not told to
   * send the body is not told any more.
   */
  void refuse() {
    Body known = body;
    if (known != null && getHeader("Expect") != null) {
      known.endUnbegun();
    }
  }

  @Override
  public BufferedReader getReader() throws IOException {
    String encoding = getCharacterEncoding();
    Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
    return new BufferedReader(new InputStreamReader(getInputStream(), charset));
  }

  /** 413 for a body of more bytes than the limit. */
  static ProblemException tooLarge(long limit) {
    return ProblemException.of(
        413, "too-large", "Too large", "A body has at most " + limit + " bytes here");
  }

  /**
   * Counts, minds the pace, and tells a body that broke off from an error of ours. The container's
   * stream is asked for only when somebody reads: asking tells a waiting peer to send it all.
   */
  private static final class Body extends ServletInputStream {
    private final ServletRequest request;
    private final LogContext log;
    private final long limit;
    private final Pace pace;
    private long left;
    private boolean givenUp;
    private boolean begun;

    Body(ServletRequest request, LogContext log, long limit) {
      this.request = request;
      this.log = log;
      this.limit = limit;
      this.left = limit;
      this.pace =
          limit == Long.MAX_VALUE ? Pace.ofUpload(System::nanoTime) : Pace.ofJson(System::nanoTime);
    }

    private void endUnbegun() {
      givenUp |= !begun;
    }

    private ServletInputStream begin() throws IOException {
      begun = true;
      return request.getInputStream();
    }

    private ServletInputStream known() {
      try {
        return begin();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Says once that it is too much; who then empties the body finds its end. */
    private int count(int read, int length) {
      givenUp = true;
      pace.arrived(length);
      givenUp = false;
      left -= length;
      if (left < 0) {
        throw tooLarge(limit);
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      if (left < 0 || givenUp) {
        return -1;
      }
      pace.reading();
      try {
        int value = begin().read();
        return count(value, value < 0 ? 0 : 1);
      } catch (IOException e) {
        throw new BrokenBodyException(e);
      }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      if (left < 0 || givenUp) {
        return -1;
      }
      pace.reading();
      try {
        int read = begin().read(buffer, offset, length);
        return count(read, Math.max(read, 0));
      } catch (IOException e) {
        throw new BrokenBodyException(e);
      }
    }

    @Override
    public boolean isFinished() {
      return known().isFinished();
    }

    @Override
    public boolean isReady() {
      return known().isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      known().setReadListener(log.around(listener));
    }
  }
}

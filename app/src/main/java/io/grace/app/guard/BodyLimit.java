package io.grace.app.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses large bodies before they are read: by their announced length, or as soon as they turn
/// out to be too long. The connection is closed, so that the rest is not read either.
public final class BodyLimit extends OncePerRequestFilter {
  /// A thousand signals need a tenth of it.
  public static final long BYTES = 1024 * 1024;

  /// A thousand alerts with many labels fit, unfolded.
  public static final long INGEST_BYTES = 4 * 1024 * 1024;

  /// More came than is allowed.
  public static final class Exceeded extends IOException {
    private static final long serialVersionUID = 1;

    private final long limit;

    Exceeded(long limit) {
      super("more than " + limit + " bytes");
      this.limit = limit;
    }

    public long limit() {
      return limit;
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    long limit = limit(request);
    if (request.getContentLengthLong() > limit) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
      Problem.tooLarge(limit).write(response);
    } else {
      chain.doFilter(new Limited(request, limit), response);
    }
  }

  private static long limit(HttpServletRequest request) {
    return Routes.of(request.getMethod(), request.getRequestURI())
            .map(route -> route.access() instanceof Access.Sources)
            .orElse(false)
        ? INGEST_BYTES
        : BYTES;
  }

  private static final class Limited extends HttpServletRequestWrapper {
    private final long limit;

    Limited(HttpServletRequest request, long limit) {
      super(request);
      this.limit = limit;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
      return new Counted(super.getInputStream(), limit);
    }
  }

  private static final class Counted extends ServletInputStream {
    private final ServletInputStream in;
    private final long limit;
    private long left;

    Counted(ServletInputStream in, long limit) {
      this.in = in;
      this.limit = limit;
      this.left = limit;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) throws Exceeded {
      left -= read;
      if (left < 0) {
        throw new Exceeded(limit);
      }
    }

    @Override
    public boolean isFinished() {
      return in.isFinished();
    }

    @Override
    public boolean isReady() {
      return in.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      in.setReadListener(listener);
    }
  }
}

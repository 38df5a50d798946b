package io.grace.app.oidc;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.InterceptingClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/// How the provider is asked: soon answered or given up, and never read without end. No redirect is
/// followed, for it would take the client's secret elsewhere.
final class ProviderHttp {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);

  /// People wait meanwhile.
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  /// Metadata, keys and tokens take a few KB.
  private static final int MOST_BYTES = 512 * 1024;

  private ProviderHttp() {}

  static ClientHttpRequestFactory requests() {
    var client =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    var plain = new JdkClientHttpRequestFactory(client);
    plain.setReadTimeout(ANSWER_LIMIT);
    ClientHttpRequestInterceptor bound =
        (request, body, execution) -> new Bounded(execution.execute(request, body));
    return new InterceptingClientHttpRequestFactory(plain, List.of(bound));
  }

  private record Bounded(ClientHttpResponse answer) implements ClientHttpResponse {
    @Override
    public HttpStatusCode getStatusCode() throws IOException {
      return answer.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
      return answer.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
      return answer.getHeaders();
    }

    @Override
    public InputStream getBody() throws IOException {
      return new BoundedStream(answer.getBody());
    }

    @Override
    public void close() {
      answer.close();
    }
  }

  private static final class BoundedStream extends InputStream {
    private final InputStream in;
    private int left = MOST_BYTES;

    BoundedStream(InputStream in) {
      this.in = in;
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

    private void count(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException("the provider's answer is longer than " + MOST_BYTES + " bytes");
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}

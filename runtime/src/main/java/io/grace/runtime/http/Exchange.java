package io.grace.runtime.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// One HTTP request and its answer within a time and a size; the JDK's own timeout ends with the
/// headers.
public final class Exchange {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private Exchange() {}

  /// What came back.
  ///
  /// @param text the body, at most as long as asked for
  /// @param isCut whether the body was longer
  public record Answer(int status, HttpHeaders headers, String text, boolean isCut) {}

  /// A client for measuring: it follows no redirect, for a service that points elsewhere does not
  /// work itself. One is enough for all sources.
  public static HttpClient newClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT_TIMEOUT)
        .build();
  }

  /// Sends and waits for the whole answer.
  ///
  /// @param bytesMax how much of the body is read; the connection is closed on a longer one
  /// @throws HttpTimeoutException if the answer was not complete in time
  public static Answer send(HttpClient client, HttpRequest request, Duration limit, int bytesMax)
      throws IOException, InterruptedException {
    var sent = client.sendAsync(request, _ -> new BoundedBody(bytesMax));
    try {
      var response = sent.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
      var body = response.body();
      return new Answer(response.statusCode(), response.headers(), body.text(), body.isCut());
    } catch (TimeoutException _) {
      throw new HttpTimeoutException("no complete answer within " + limit.toMillis() + " ms");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      // Closes the connection if the answer is not wanted any more.
      sent.cancel(true);
    }
  }

  private record Body(String text, boolean isCut) {}

  /// Collects the body up to a limit. Called by one thread at a time.
  private static final class BoundedBody implements BodySubscriber<Body> {
    private final int bytesMax;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<Body> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    BoundedBody(int bytesMax) {
      this.bytesMax = bytesMax;
    }

    @Override
    public CompletionStage<Body> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (var buffer : buffers) {
        int taken = Math.min(buffer.remaining(), bytesMax - bytes.size());
        boolean isCut = taken < buffer.remaining();
        var chunk = new byte[taken];
        buffer.get(chunk);
        bytes.writeBytes(chunk);
        if (isCut) {
          finish(true);
          if (subscription != null) {
            subscription.cancel();
          }
          return;
        }
      }
    }

    @Override
    public void onError(Throwable trouble) {
      body.completeExceptionally(trouble);
    }

    @Override
    public void onComplete() {
      finish(false);
    }

    private void finish(boolean isCut) {
      body.complete(new Body(bytes.toString(StandardCharsets.UTF_8), isCut));
    }
  }
}

package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.guard.BodyLimit;
import io.grace.app.guard.Problem;
import io.grace.app.guard.SourceDoor;
import io.grace.runtime.config.SourceConfig.Kind;
import io.grace.runtime.ingest.Source;
import io.grace.runtime.ingest.Unreadable;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// What sources push. Answered with 200 once what is news of it is durable, so that whoever has
/// that answer may forget the delivery; told twice, it changes nothing.
@RestController
public final class IngestApi {
  private final Backend backend;
  private final SourceDoor door;
  private final InstantSource clock;

  IngestApi(Backend backend, SourceDoor door, InstantSource clock) {
    this.backend = backend;
    this.door = door;
    this.clock = clock;
  }

  /// @param reports alerts that were read
  /// @param signals measurements that were read
  public record TakenView(int reports, int signals) {}

  @PostMapping("/api/ingest/{source}")
  public @Operation(
      summary = "Takes a webhook of a declared source: Alertmanager, JSON or CloudEvents.")
  TakenView take(@PathVariable String source, HttpServletRequest http) throws IOException {
    Source.Request request = request(http);
    Source admitted = admit(source, request, http);
    if (admitted.kind() == Kind.OTLP) {
      throw new Refusal(Problem.notFound("a source of kind otlp pushes to its /v1/metrics"));
    }
    return take(admitted, request);
  }

  @PostMapping("/api/ingest/{source}/v1/metrics")
  public @Operation(
      summary = "Takes OpenTelemetry metrics, in protobuf or JSON, of a declared source.")
  ResponseEntity<Object> metrics(@PathVariable String source, HttpServletRequest http)
      throws IOException {
    Source.Request request = request(http);
    Source admitted = admit(source, request, http);
    if (admitted.kind() != Kind.OTLP) {
      throw new Refusal(Problem.notFound("only a source of kind otlp pushes metrics"));
    }
    take(admitted, request);
    boolean isJson = request.contentType().startsWith(MediaType.APPLICATION_JSON_VALUE);
    // An empty message is a full success in protobuf, as OTLP has it.
    return isJson
        ? ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Map.of())
        : ResponseEntity.ok()
            .contentType(MediaType.parseMediaType("application/x-protobuf"))
            .body(new byte[0]);
  }

  private TakenView take(Source source, Source.Request request) {
    Source.Delivery delivery;
    try {
      delivery = source.read(request, clock.instant());
    } catch (Unreadable e) {
      throw new Refusal(unreadable(e));
    }
    if (!delivery.signals().isEmpty() && !backend.offer(delivery.signals())) {
      throw overloaded("GRACE has no room for measurements now");
    }
    if (!delivery.reports().isEmpty()) {
      Receipts.require(backend, delivery.reports());
    }
    return new TakenView(delivery.reports().size(), delivery.signals().size());
  }

  static Problem unreadable(Unreadable e) {
    String detail = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case MALFORMED -> Problem.badRequest("malformed-body", detail);
      case UNACCEPTABLE -> new Problem(422, "unacceptable", "Cannot be taken", detail);
    };
  }

  static Refusal overloaded(String why) {
    return new Refusal(Problem.unavailable("overloaded", why + "; send it again later"));
  }

  private Source admit(String name, Source.Request request, HttpServletRequest http) {
    return switch (door.ask(name, request, http.getRemoteAddr())) {
      case SourceDoor.Answer.Admitted(Source source) -> source;
      case SourceDoor.Answer.Refused(Problem problem) -> throw new Refusal(problem);
    };
  }

  /// The body as it was signed; what was squeezed is unfolded within the same limit.
  private static Source.Request request(HttpServletRequest http) throws IOException {
    var headers = new HashMap<String, String>();
    http.getHeaderNames()
        .asIterator()
        .forEachRemaining(
            name -> headers.putIfAbsent(name.toLowerCase(Locale.ROOT), http.getHeader(name)));
    String encoding = headers.getOrDefault("content-encoding", "identity");
    byte[] body = http.getInputStream().readAllBytes();
    if (encoding.equalsIgnoreCase("gzip")) {
      body = unfolded(body);
    } else if (!encoding.equalsIgnoreCase("identity")) {
      throw new Refusal(
          new Problem(
              415, "unsupported-encoding", "Unsupported encoding", "a body is plain or gzip"));
    }
    return new Source.Request(headers.getOrDefault("content-type", ""), headers, body);
  }

  private static byte[] unfolded(byte[] squeezed) throws IOException {
    int limit = (int) BodyLimit.INGEST_BYTES;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(squeezed))) {
      byte[] body = in.readNBytes(limit + 1);
      if (body.length > limit) {
        throw new Refusal(Problem.tooLarge(limit));
      }
      return body;
    } catch (ZipException | EOFException _) {
      throw new Refusal(Problem.badRequest("malformed-body", "the body is not in gzip"));
    }
  }
}

package io.grace.app.web;

import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.guard.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/// Turns whatever goes wrong in a route into a problem. What GRACE did not foresee is logged, and
/// told without its inside.
@RestControllerAdvice(basePackageClasses = Advice.class)
final class Advice {
  private static final Logger LOG = LoggerFactory.getLogger(Advice.class);

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> refused(Refusal refusal) {
    return answer(refusal.problem(), HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> unreadable(HttpMessageNotReadableException e) {
    Problem problem = Unreadable.problem(e);
    var headers = new HttpHeaders();
    if (problem.status() == 413) {
      headers.set(HttpHeaders.CONNECTION, "close");
    }
    return answer(problem, headers);
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> mistyped(MethodArgumentTypeMismatchException e) {
    return answer(
        Problem.badRequest("invalid-input", e.getName() + " has the wrong type"),
        HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Map<String, Object>> unavailable(
      StoreUnavailable e, HttpServletResponse response) throws StoreUnavailable {
    if (response.isCommitted()) {
      throw e; // Breaks the connection, so that half an export is not taken for a whole one.
    }
    LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the journal could not be read");
    return answer(
        Problem.unavailable("store-unavailable", "the journal cannot be read now; try again"),
        HttpHeaders.EMPTY);
  }

  @ExceptionHandler
  void disconnected(IOException e) throws IOException {
    throw e; // Nobody is there to read an answer; the container closes the connection.
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> other(Exception e, HttpServletResponse response)
      throws Exception {
    if (response.isCommitted()) {
      throw e;
    }
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return answer(of(known), known.getHeaders());
    }
    LOG.atError().setCause(e).log("a request failed on a bug");
    return answer(
        new Problem(500, "internal", "Internal error", "GRACE failed here; its log says more"),
        HttpHeaders.EMPTY);
  }

  private static Problem of(ErrorResponse known) {
    int status = known.getStatusCode().value();
    return switch (status) {
      case 404 -> Problem.notFound("there is no such path; /v3/api-docs lists them all");
      case 405 ->
          new Problem(
              405, "method-not-allowed", "Method not allowed", "see the Allow header for those");
      case 406 ->
          new Problem(406, "not-acceptable", "Not acceptable", "this path answers otherwise");
      case 415 ->
          new Problem(
              415, "unsupported-media-type", "Unsupported media type", "send application/json");
      default -> {
        String detail = known.getBody().getDetail();
        yield new Problem(
            status,
            "invalid-input",
            "Bad request",
            detail == null ? "the request is not valid" : detail.toLowerCase(Locale.ROOT));
      }
    };
  }

  private static ResponseEntity<Map<String, Object>> answer(Problem problem, HttpHeaders headers) {
    return ResponseEntity.status(problem.status())
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem.body());
  }
}

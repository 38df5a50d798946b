package io.grace.app.console;

import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.guard.Problem;
import io.grace.app.web.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/// Turns whatever goes wrong in a page into a page that says so.
@ControllerAdvice(basePackageClasses = Failed.class)
final class Failed {
  private static final Logger LOG = LoggerFactory.getLogger(Failed.class);

  private final Pages pages;

  Failed(Pages pages) {
    this.pages = pages;
  }

  @ExceptionHandler
  ResponseEntity<String> refused(Refusal refusal, HttpServletRequest request) {
    return answer(refusal.problem(), request);
  }

  @ExceptionHandler
  ResponseEntity<String> unavailable(StoreUnavailable e, HttpServletRequest request) {
    LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the journal could not be read");
    return answer(
        Problem.unavailable(
            "store-unavailable",
            "the journal cannot be read now, so history cannot be shown; Now and Fleet still can."
                + " Look at the disk or the database, then load this page again"),
        request);
  }

  @ExceptionHandler
  void disconnected(IOException e) throws IOException {
    throw e;
  }

  @ExceptionHandler
  ResponseEntity<String> other(
      Exception e, HttpServletRequest request, HttpServletResponse response) throws Exception {
    if (response.isCommitted()) {
      throw e;
    }
    if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return answer(
          Problem.badRequest("invalid-input", String.valueOf(known.getBody().getDetail())),
          request);
    }
    LOG.atError().setCause(e).log("a page failed on a bug");
    return answer(
        new Problem(500, "internal", "Internal error", "GRACE failed here; its log says more"),
        request);
  }

  private ResponseEntity<String> answer(Problem problem, HttpServletRequest request) {
    return pages.html(problem.status(), pages.problem(problem, request));
  }
}

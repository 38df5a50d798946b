package io.grace.app;

import io.grace.app.guard.Problem;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Tomcat says by itself, such as about a malformed request line, as a problem too. Public,
/// since Tomcat makes it by its name.
public final class ProblemValve extends ErrorReportValve {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemValve.class);

  @Override
  protected void report(Request request, Response response, Throwable thrown) {
    int status = response.getStatus();
    boolean mayWrite =
        status >= 400
            && response.getContentWritten() == 0
            && response.setErrorReported()
            && isOpen(response);
    if (!mayWrite) {
      return;
    }
    var problem =
        status < 500
            ? new Problem(
                status, "malformed-request", "Bad request", "not a request that is served")
            : new Problem(status, "internal", "Internal error", "GRACE failed here; see its log");
    try {
      problem.write(response);
      response.finishResponse();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("nobody was there to read the problem");
    }
  }

  private static boolean isOpen(Response response) {
    var isAllowed = new java.util.concurrent.atomic.AtomicBoolean();
    response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, isAllowed);
    return isAllowed.get();
  }
}

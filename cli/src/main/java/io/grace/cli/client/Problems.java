package io.grace.cli.client;

import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;

/// Reads problem bodies (RFC 9457, "Problem Details for HTTP APIs", 2023) as one sentence and a
/// next step.
final class Problems {
  private Problems() {}

  static Failure failure(Reply reply, boolean hasToken) {
    Kind kind = kind(reply.status());
    Doc problem = Doc.parse(reply.body()).orElse(Doc.NONE);
    String said =
        problem
            .maybe("detail")
            .or(() -> problem.maybe("title"))
            .filter(s -> !s.isBlank())
            .orElse("GRACE answered " + reply.status() + " without a reason");
    return new Failure(kind, said, next(reply.status(), hasToken));
  }

  private static Kind kind(int status) {
    return switch (status) {
      case 400, 405, 413, 415 -> Kind.USAGE;
      case 401, 403 -> Kind.NOT_AUTHORISED;
      case 404, 410 -> Kind.NOT_FOUND;
      case 409, 412 -> Kind.CONFLICT;
      default -> status >= 500 || status == 429 ? Kind.UNREACHABLE : Kind.REFUSED;
    };
  }

  private static String next(int status, boolean hasToken) {
    return switch (status) {
      case 400, 405, 413, 415 ->
          "see 'grace --help'; client and server may be of different versions";
      case 401 ->
          hasToken
              ? "the token is unknown or expired; set GRACE_TOKEN to one of this server"
              : "set GRACE_TOKEN, or write the token into .grace/token";
      case 403 -> "this token's role may not do that; ask somebody whose role may";
      case 404, 410 ->
          "list what there is: 'grace incidents --all', 'grace runs --all',"
              + " 'grace motion --all'";
      case 409, 412 -> "it changed meanwhile; look again, then decide anew";
      case 422 -> "GRACE understood and said no; change what the sentence above names";
      case 429 -> "wait a little and ask again";
      case 503 -> "GRACE is starting, stopping or overloaded; ask again, or read its log";
      default -> status >= 500 ? "read the server's log" : "";
    };
  }
}

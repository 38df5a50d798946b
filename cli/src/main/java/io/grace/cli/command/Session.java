package io.grace.cli.command;

import io.grace.cli.client.Api;
import io.grace.cli.client.Doc;
import io.grace.cli.client.Reply;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import io.grace.cli.host.Host;
import io.grace.cli.text.Clean;
import io.grace.cli.text.Page;
import java.io.IOException;
import java.util.Locale;

/// One command at work: the server, the page, and the person in front of it. *Owned by the main
/// thread.*
final class Session {
  /// Shows an answer to a person.
  interface View {
    void show(Doc answer, Page page);
  }

  private final Host host;
  private final Api api;
  private final Page page;
  private final boolean isJson;

  private Session(Host host, Api api, Page page, boolean isJson) {
    this.host = host;
    this.api = api;
    this.page = page;
    this.isJson = isJson;
  }

  static Session of(Context context, OutputOptions output) throws Failure {
    Host host = context.host();
    return new Session(host, Api.of(host), page(host, output), output.isJson());
  }

  static Page page(Host host, OutputOptions output) throws Failure {
    int width = output.width();
    if (width < OutputOptions.NARROWEST || width > OutputOptions.WIDEST) {
      throw new Failure(
          Kind.USAGE,
          "width must be "
              + OutputOptions.NARROWEST
              + "-"
              + OutputOptions.WIDEST
              + " columns: "
              + width,
          "");
    }
    boolean isColoured =
        !output.isPlain()
            && host.setting("NO_COLOR").isEmpty()
            && !host.setting("TERM").orElse("").equals("dumb")
            && host.isTerminal().getAsBoolean();
    return new Page(host.out(), width, isColoured);
  }

  Api api() {
    return api;
  }

  Page page() {
    return page;
  }

  Host host() {
    return host;
  }

  boolean isJson() {
    return isJson;
  }

  int show(Reply reply, View view) throws Failure {
    Doc doc = reply.doc();
    if (isJson) {
      json(reply.body());
    } else {
      view.show(doc, page);
    }
    return 0;
  }

  void json(String body) {
    host.out().println(Clean.json(body.strip()));
  }

  /// Asks before something is sent.
  ///
  /// @throws Failure if there is nobody to ask
  boolean agrees(String question) throws Failure {
    if (isJson || !host.isTerminal().getAsBoolean()) {
      throw new Failure(
          Kind.USAGE,
          "nothing was sent: there is nobody to ask '" + question + "'",
          "add --yes if you have seen the plan");
    }
    host.err().print(question + " [y/N] ");
    host.err().flush();
    try {
      String answer = host.in().readLine();
      return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException e) {
      throw new Failure(Kind.USAGE, "nothing was sent: the answer cannot be read", "");
    }
  }
}

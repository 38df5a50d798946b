package io.grace.cli.command;

import io.grace.cli.client.Doc;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Failure.Kind;
import io.grace.cli.text.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What was tried and what came of it, shown as it happens. *Owned by the main thread.*
final class SmokeReport {
  /// Something to try; fails with what was found and what was wanted.
  interface Check {
    /// What was found.
    String run() throws Failure;
  }

  private final Session session;
  private final List<Map<String, Object>> checks = new ArrayList<>();
  private long failed;

  SmokeReport(Session session) {
    this.session = session;
  }

  /// Whether it held.
  boolean check(String suite, String name, Check check) {
    try {
      note(suite, name, true, check.run());
      return true;
    } catch (Failure e) {
      note(suite, name, false, e.sentence());
      return false;
    }
  }

  static void require(boolean holds, String found) throws Failure {
    if (!holds) {
      throw new Failure(Kind.REFUSED, found, "");
    }
  }

  private void note(String suite, String name, boolean ok, String detail) {
    var check = new LinkedHashMap<String, Object>();
    check.put("suite", suite);
    check.put("name", name);
    check.put("ok", ok);
    check.put("detail", detail);
    checks.add(check);
    failed += ok ? 0 : 1;
    if (!session.isJson()) {
      session
          .page()
          .fact(
              ok ? "ok" : "FAILED",
              suite + ": " + name + ": " + detail,
              ok ? Tone.PLAIN : Tone.BAD);
      session.host().out().flush();
    }
  }

  /// The exit status.
  int end() {
    if (session.isJson()) {
      var all = new LinkedHashMap<String, Object>();
      all.put("ok", failed == 0);
      all.put("checks", checks);
      session.json(Doc.write(all));
    } else {
      session
          .page()
          .line(
              failed == 0
                  ? "All " + checks.size() + " checks passed."
                  : failed + " of " + checks.size() + " checks failed.");
    }
    return failed == 0 ? 0 : Kind.REFUSED.status();
  }
}

package io.grace.domains.security;

import io.grace.domains.security.sigma.Event;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads lines of syslog, and what sshd says in them about who came from where.
final class AuthLine {
  /// The traditional form, and the one with an ISO time.
  private static final Pattern LINE =
      Pattern.compile(
          "(?:<\\d{1,3}>)?(?:[A-Z][a-z]{2} [ \\d]\\d"
              + " \\d{2}:\\d{2}:\\d{2}|\\d{4}-\\d{2}-\\d{2}T\\S{1,40}) (\\S{1,255})"
              + " ([^\\s:\\[\\]]{1,64})(?:\\[(\\d{1,10})])?: (.*)");

  /// The name of a user is what a stranger typed, so the last address counts and not the first.
  private static final Pattern SSHD =
      Pattern.compile(
          "(Failed|Accepted) (\\S{1,40}) for (?:invalid user )?(.{0,200}) from"
              + " ([0-9a-fA-F.:]{2,45}) port \\d{1,5}(?: ssh2)?(?:: .{0,400})?");

  private static final Pattern INVALID =
      Pattern.compile("Invalid user (.{0,200}) from ([0-9a-fA-F.:]{2,45})(?: port \\d{1,5})?");

  /// What is looked at beyond this cannot matter to a pattern.
  private static final int LONGEST = 4_096;

  private AuthLine() {}

  /// Adds the fields `message`, `host`, `program`, `pid`, and of sshd `src_ip`, `user`, `method`
  /// and `outcome` (`success` or `failure`). A line of another form is only a `message`.
  static void fill(Event event, String line) {
    String text = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    Matcher matcher = LINE.matcher(text);
    if (!matcher.matches()) {
      event.add("message", line);
      return;
    }
    event.add("host", matcher.group(1));
    event.add("program", matcher.group(2));
    if (matcher.group(3) != null) {
      event.add("pid", matcher.group(3));
    }
    event.add("message", matcher.group(4));
    if (matcher.group(2).equals("sshd") || matcher.group(2).equals("sshd-session")) {
      sshd(event, matcher.group(4));
    }
  }

  static void sshd(Event event, String message) {
    Matcher matcher = SSHD.matcher(message);
    if (matcher.matches()) {
      event.add("outcome", matcher.group(1).equals("Accepted") ? "success" : "failure");
      event.add("method", matcher.group(2));
      event.add("user", matcher.group(3));
      event.add("src_ip", matcher.group(4));
      return;
    }
    Matcher invalid = INVALID.matcher(message);
    if (invalid.matches()) {
      event.add("outcome", "failure");
      event.add("user", invalid.group(1));
      event.add("src_ip", invalid.group(2));
    }
  }
}

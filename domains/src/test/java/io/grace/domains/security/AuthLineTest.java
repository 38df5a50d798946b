package io.grace.domains.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.domains.security.sigma.Event;
import io.grace.domains.security.sigma.LogSource;
import io.grace.domains.security.sigma.LogSourceMap;
import io.grace.domains.security.sigma.Placeholders;
import io.grace.domains.security.sigma.RuleSet;
import io.grace.domains.security.sigma.Sigma;
import io.grace.domains.security.sigma.Unusable;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthLineTest {
  private static Map<String, String> read(String line) throws Unusable {
    Sigma engine =
        Sigma.of(
            RuleSet.of("none", "", Placeholders.NONE),
            LogSourceMap.NONE,
            Set.of("message", "host", "program", "pid", "src_ip", "user", "method", "outcome"));
    Event event = engine.event();
    event.begin(LogSource.ANY);
    AuthLine.fill(event, line);
    return event.shown();
  }

  @Test
  void aFailedLoginTellsWhoAndFromWhere() throws Unusable {
    var fields =
        read(
            "Nov 26 16:24:03 web sshd[123]: Failed password for invalid user bob from 192.0.2.7"
                + " port 22 ssh2");

    assertEquals("192.0.2.7", fields.get("src_ip"));
    assertEquals("bob", fields.get("user"));
    assertEquals("failure", fields.get("outcome"));
    assertEquals("web", fields.get("host"));
    assertEquals("123", fields.get("pid"));
  }

  @Test
  void aNameThatLooksLikeAnAddressFramesNobody() throws Unusable {
    var fields =
        read(
            "2026-11-26T16:24:03.123456+00:00 web sshd-session[1]: Failed password for invalid user"
                + " x from 198.51.100.1 port 9 ssh2: y from 192.0.2.7 port 22 ssh2");

    assertEquals("192.0.2.7", fields.get("src_ip"));
  }

  @Test
  void anAcceptedKeyIsASuccess() throws Unusable {
    var fields =
        read(
            "Nov  6 01:02:03 web sshd[5]: Accepted publickey for ann from 2001:db8::5 port 4711"
                + " ssh2: ED25519 SHA256:abc");

    assertEquals("2001:db8::5", fields.get("src_ip"));
    assertEquals("success", fields.get("outcome"));
    assertEquals("publickey", fields.get("method"));
  }

  @Test
  void anotherProgramMaySayWhatItLikes() throws Unusable {
    var fields =
        read("Nov 26 16:24:03 web evil[1]: Failed password for a from 192.0.2.7 port 22 ssh2");

    assertEquals(null, fields.get("src_ip"));
    assertEquals("what\u0000ever", read("what\u0000ever").get("message"));
  }
}

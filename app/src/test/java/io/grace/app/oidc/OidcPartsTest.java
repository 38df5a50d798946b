package io.grace.app.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.grace.app.Role;
import io.grace.runtime.config.OidcConfig;
import io.grace.runtime.config.TokenConfig;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OidcPartsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
  private static final Ticket TICKET = Ticket.draw("/fleet?view=table", NOW.plusSeconds(600));

  private static Claims claims(String rolesClaim, Map<String, Object> all) {
    return new Claims(
        all,
        new OidcConfig(
            URI.create("https://login.example"),
            "grace",
            "env:SECRET",
            List.of("openid"),
            "name",
            rolesClaim,
            Map.of("a", TokenConfig.Role.APPROVER, "v", TokenConfig.Role.VIEWER),
            URI.create("https://grace.example")));
  }

  @Test
  void rolesAreFoundWithinOtherClaims() {
    var claims =
        claims("realm_access.roles", Map.of("realm_access", Map.of("roles", List.of("v", "a"))));

    assertEquals(Optional.of(Role.APPROVER), claims.role());
  }

  @Test
  void claimWithADotInItsNameComesFirst() {
    var claims = claims("org.roles", Map.of("org.roles", "v", "org", Map.of("roles", "a")));

    assertEquals(Optional.of(Role.VIEWER), claims.role());
  }

  @Test
  void whatIsNoTextGivesNoRole() {
    for (Object value : List.of(1, true, Map.of("a", "a"), List.of(1, List.of("a")), "A", "")) {
      assertEquals(Optional.empty(), claims("groups", Map.of("groups", value)).role());
    }
    assertEquals(Optional.empty(), claims("groups", Map.of()).role());
  }

  @Test
  void namesNeverLookLikeThoseOfTokens() {
    assertEquals(
        Optional.of("oidc:ann@example.org"),
        claims("groups", Map.of("name", "ann@example.org")).name());
  }

  @Test
  void sealedTicketComesBackAsItWas() {
    var tickets = new Tickets();

    assertEquals(Optional.of(TICKET), tickets.open(tickets.seal(TICKET), NOW));
  }

  @Test
  void ticketEndsWithItsTime() {
    var tickets = new Tickets();

    assertEquals(Optional.empty(), tickets.open(tickets.seal(TICKET), NOW.plusSeconds(600)));
  }

  @Test
  void ticketOfAnotherProcessIsWorthNothing() {
    assertEquals(Optional.empty(), new Tickets().open(new Tickets().seal(TICKET), NOW));
  }

  @Test
  void editedTicketIsWorthNothing() {
    var tickets = new Tickets();
    String sealed = tickets.seal(TICKET);
    for (int i = 0; i < sealed.length() - 1; i++) {
      char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
      String edited = sealed.substring(0, i) + other + sealed.substring(i + 1);
      assertEquals(Optional.empty(), tickets.open(edited, NOW), edited);
    }
    for (String junk : List.of("", "x", "!!!", "A".repeat(5000))) {
      assertEquals(Optional.empty(), tickets.open(junk, NOW));
    }
  }

  @Test
  void ticketDoesNotShowWhatItHolds() {
    assertFalse(new Tickets().seal(TICKET).contains(TICKET.verifier()));
  }
}

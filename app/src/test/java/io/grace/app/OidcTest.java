package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.app.OidcRig.Visitor;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who gets in through an identity provider, and who does not.
class OidcTest {
  @SuppressWarnings("NullAway.Init")
  private OidcRig oidc;

  @SuppressWarnings("NullAway.Init")
  private Visitor visitor;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    oidc = new OidcRig(directory, "");
    visitor = new Visitor();
  }

  @AfterEach
  void stop() {
    visitor.close();
    oidc.close();
  }

  @Test
  void whoeverTheProviderVouchesForIsLedToThePageThatWasWanted() throws Exception {
    assertTrue(visitor.get(oidc.at("/sign-in?next=/fleet")).body().contains("/sign-in/oidc?next="));

    HttpResponse<String> in = oidc.signIn(visitor);

    assertEquals(200, in.statusCode(), in.body());
    assertTrue(in.body().contains("content=\"0;url=/fleet\""), in.body());
    HttpResponse<String> fleet = visitor.get(oidc.at("/fleet"));
    assertEquals(200, fleet.statusCode());
    assertTrue(fleet.body().contains("oidc:ann"), fleet.body());
    assertEquals(List.of(), oidc.provider.objections);
  }

  @Test
  void roleIsTheHighestThatTheGroupsGiveAndNoMore() throws Exception {
    oidc.provider.person.put("groups", List.of("everyone", "sre", "admin", "ADMIN"));
    oidc.signIn(visitor);

    assertTrue(visitor.get(oidc.at("/people")).body().contains("operator"));
    assertEquals(403, visitor.get(oidc.at("/journal/export")).statusCode()); // Approvers only.
  }

  @Test
  void sessionIsNewStrictAndNotShownToScripts() throws Exception {
    oidc.signIn(visitor);
    String first = visitor.cookie("GRACE_SESSION");
    HttpResponse<String> again = oidc.signIn(visitor);

    assertNotEquals(first, visitor.cookie("GRACE_SESSION"));
    String set = again.headers().allValues("Set-Cookie").toString();
    assertTrue(set.matches(".*GRACE_SESSION=[^;]+;[^,]*HttpOnly; SameSite=Strict.*"), set);
    assertTrue(set.contains("GRACE_OIDC=; Path=/; Max-Age=0"), set);
  }

  @Test
  void pagesStayAsStrictAsTheyWere() throws Exception {
    String policy =
        visitor
            .get(oidc.at("/sign-in"))
            .headers()
            .firstValue("Content-Security-Policy")
            .orElse("none");

    assertTrue(policy.contains("form-action 'self';"), policy);
    assertFalse(policy.contains("localhost"), policy);
  }

  @Test
  void keyOfAnEllipticCurveIsTakenToo() throws Exception {
    oidc.provider.rotate(FakeProvider.ec("curve"), true);

    assertEquals(200, oidc.signIn(visitor).statusCode());
  }

  @Test
  void groupsAreAskedForWhereTheIdTokenHasNone() throws Exception {
    oidc.provider.person.remove("groups");
    oidc.provider.info.put("groups", "everyone");

    assertEquals(200, oidc.signIn(visitor).statusCode());
  }

  @Test
  void userInfoAboutSomebodyElseIsRefused() throws Exception {
    oidc.provider.person.remove("groups");
    oidc.provider.info.putAll(Map.of("groups", "everyone", "sub", "another"));

    refused(403, "not about you");
  }

  @Test
  void clocksMayDifferByAMinuteAndNotByTwo() throws Exception {
    endsIn(Duration.ofSeconds(-30));
    assertEquals(200, oidc.signIn(visitor).statusCode());

    endsIn(Duration.ofMinutes(-2));
    refused(403, "not valid here");
  }

  private void endsIn(Duration time) {
    oidc.provider.twist =
        c ->
            c.issueTime(Date.from(Instant.now().minusSeconds(600)))
                .expirationTime(Date.from(Instant.now().plus(time)));
  }

  @Test
  void tokenFromTheFutureIsRefused() throws Exception {
    oidc.provider.twist =
        c ->
            c.issueTime(Date.from(Instant.now().plusSeconds(600)))
                .expirationTime(Date.from(Instant.now().plusSeconds(900)));

    refused(403, "not valid here");
  }

  @Test
  void wrongNonceIsRefused() throws Exception {
    oidc.provider.twist = c -> c.claim("nonce", "another");

    refused(403, "not for this sign-in");
  }

  @Test
  void missingNonceIsRefused() throws Exception {
    oidc.provider.twist = c -> c.claim("nonce", null);

    refused(403, "not for this sign-in");
  }

  @Test
  void wrongAudienceIsRefused() throws Exception {
    oidc.provider.twist = c -> c.audience("another");

    refused(403, "not valid here");
  }

  @Test
  void tokenMadeForAnotherPartyIsRefused() throws Exception {
    oidc.provider.twist = c -> c.audience(List.of("another", "grace")).claim("azp", "another");

    refused(403, "not valid here");
  }

  @Test
  void wrongIssuerIsRefused() throws Exception {
    oidc.provider.twist = c -> c.issuer("https://another.example");

    refused(403, "not valid here");
  }

  @Test
  void tokenThatNothingSignedIsRefused() throws Exception {
    oidc.provider.signs = "none";

    refused(403, "not valid here");
  }

  @Test
  void tokenSignedWithASharedSecretIsRefused() throws Exception {
    oidc.provider.signs = "secret";

    refused(403, "not valid here");
  }

  @Test
  void unknownKeyIsRefusedUntilItIsPublished() throws Exception {
    assertEquals(200, oidc.signIn(visitor).statusCode());
    var next = FakeProvider.rsa("second");
    oidc.provider.rotate(next, false);
    refused(403, "not valid here");

    oidc.provider.rotate(next, true);

    assertEquals(200, oidc.signIn(visitor).statusCode());
  }

  @Test
  void forgedKeyUnderAKnownNameIsRefused() throws Exception {
    oidc.provider.rotate(FakeProvider.rsa("first"), false);

    refused(403, "not valid here");
  }

  @Test
  void answerWithoutItsStateIsRefused() throws Exception {
    URI back = oidc.returned(visitor);
    String bare = back.toString().replaceAll("&state=[^&]*", "");

    says(visitor.get(URI.create(bare)), 400, "not begun in this browser");
    says(visitor.get(URI.create(bare + "&state=guessed")), 400, "not begun in this browser");
  }

  @Test
  void answerInAnotherBrowserIsRefused() throws Exception {
    URI back = oidc.returned(visitor);
    try (var other = new Visitor()) {
      says(other.get(back), 400, "not begun in this browser");
      oidc.returned(other); // With a sign-in of its own it is still not this one.
      says(other.get(back), 400, "not begun in this browser");
    }
  }

  @Test
  void answerOfAnotherProviderIsRefused() throws Exception {
    String back = oidc.returned(visitor).toString();
    String mixed =
        back.replace(
            "iss=" + URLEncoder.encode(oidc.provider.issuer, StandardCharsets.UTF_8),
            "iss=https://another.example");

    assertNotEquals(back, mixed);
    says(visitor.get(URI.create(mixed)), 400, "another identity provider");
  }

  @Test
  void codeServesOnce() throws Exception {
    URI back = oidc.returned(visitor);
    String ticket = visitor.cookie("GRACE_OIDC");
    assertEquals(200, visitor.get(back).statusCode());
    var again = new java.net.HttpCookie("GRACE_OIDC", ticket);
    again.setPath("/");
    again.setVersion(0);
    visitor.cookies.getCookieStore().add(oidc.at("/"), again);

    says(visitor.get(back), 403, "does not accept its own code");
  }

  @Test
  void whoeverHasNoMappedGroupIsToldWhichClaimsThereWere() throws Exception {
    oidc.provider.person.put("groups", List.of("visitors", "secret-project"));
    oidc.provider.person.put("email", "ann@example.org");

    HttpResponse<String> answer = refused(403, "gives you a role here");

    assertTrue(answer.body().contains("<code>groups</code>"), answer.body());
    assertTrue(answer.body().contains("<code>email</code>"), answer.body());
    assertFalse(answer.body().contains("secret-project"), answer.body());
    assertFalse(answer.body().contains("ann@example.org"), answer.body());
  }

  @Test
  void nameThatTheJournalCouldMistakeIsRefused() throws Exception {
    for (Object name : List.of("", "oidc:ann", "ann\nadmin", "Ann Example", 7)) {
      oidc.provider.person.put("preferred_username", name);
      refused(403, "must be a name");
    }
  }

  @Test
  void whoeverSaysNoAtTheProviderIsNotSignedIn() throws Exception {
    oidc.provider.isRefusing = true;

    refused(403, "said no: access_denied");
  }

  @Test
  void providerUnderAnotherNameIsNotAsked() throws Exception {
    oidc.provider.calledItself = "https://another.example";

    says(visitor.get(oidc.at("/sign-in/oidc")), 503, "calls itself");
  }

  @Test
  void whileTheProviderIsDownATokenStillWorks(@TempDir Path elsewhere) throws Exception {
    URI back = oidc.returned(visitor);
    oidc.provider.close();

    says(visitor.get(back), 503, "cannot be reached");
    try (var other = new OidcRig(elsewhere, "")) {
      other.provider.close();
      says(visitor.get(other.at("/sign-in/oidc")), 503, "cannot be reached now. A token still");
      assertEquals(200, other.rig.get(Role.VIEWER, "/api/status").status());
    }
  }

  @Test
  void guessingIsSlow() throws Exception {
    int last = 0;
    for (int i = 0; i < 21; i++) {
      last = visitor.get(oidc.at("/sign-in/oidc/done?code=x&state=" + i)).statusCode();
    }

    assertEquals(429, last);
  }

  @Test
  void nobodyIsSentElsewhereAfterwards() throws Exception {
    URI there = OidcRig.to(visitor.get(oidc.at("/sign-in/oidc?next=//evil.example")));

    assertTrue(visitor.get(OidcRig.to(visitor.get(there))).body().contains("0;url=/\""));
  }

  @Test
  void secretIsNowhereToBeSeen() throws Exception {
    oidc.provider.person.put("groups", "sre-leads");
    oidc.signIn(visitor);

    for (String page : List.of("/settings", "/people", "/journal")) {
      String body = visitor.get(oidc.at(page)).body();
      assertFalse(body.contains(MemoryBackend.SECRET), page);
    }
    assertFalse(oidc.rig.backend.explanation().json().contains("OIDC_SECRET"));
  }

  @Test
  void withoutAProviderThereIsNoSuchWay() throws Exception {
    try (var plain = new Rig(Map.of())) {
      URI door = URI.create("http://127.0.0.1:" + plain.port + "/sign-in");

      assertFalse(visitor.get(door).body().contains("/sign-in/oidc"));
      assertEquals(404, visitor.get(URI.create(door + "/oidc")).statusCode());
      assertEquals(404, visitor.get(URI.create(door + "/oidc/done?code=x")).statusCode());
    }
  }

  private HttpResponse<String> refused(int status, String why) throws Exception {
    try (var stranger = new Visitor()) {
      HttpResponse<String> answer = oidc.signIn(stranger);
      says(answer, status, why);
      assertEquals("", stranger.cookie("GRACE_SESSION"));
      assertEquals(303, stranger.get(oidc.at("/")).statusCode());
      return answer;
    }
  }

  private static void says(HttpResponse<String> answer, int status, String why) {
    assertEquals(status, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(why), answer.body());
  }
}

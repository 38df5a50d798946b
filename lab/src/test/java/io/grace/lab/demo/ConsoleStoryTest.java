package io.grace.lab.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.grace.app.Browser;
import io.grace.lab.service.LabDir;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The whole story before a real browser: a fault in a real service, a person who looks and agrees,
/// and the service healed. And what it costs when many look on.
class ConsoleStoryTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final int WATCHERS = 200;
  private static final int SECONDS = 20;

  @TempDir Path dir;

  @SuppressWarnings("NullAway.Init")
  private Browser browser;

  @SuppressWarnings("NullAway.Init")
  private Fleet fleet;

  @SuppressWarnings("NullAway.Init")
  private GraceProcess grace;

  @SuppressWarnings("NullAway.Init")
  private String token;

  @BeforeEach
  void start() throws Exception {
    browser = Browser.open(PICTURES);
    LabDir.prepare(dir);
    int port = Demo.freePort();
    token = Demo.token(dir.resolve("token"));
    Path file = dir.resolve("grace.yaml");
    Files.writeString(
        file,
        DemoConfig.yaml(dir, "approve", port, dir.resolve("token"), ProcessHandle.current().pid()));
    fleet = Fleet.start(dir, Demo.config(file));
    grace = GraceProcess.serve(file, port, token);
    Demo.awaitCalm(grace);
  }

  @AfterEach
  void stop() throws Exception {
    if (grace != null) {
      grace.close();
    }
    if (fleet != null) {
      fleet.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  @Timeout(240)
  void faultIsSeenApprovedInTheBrowserAndHealed() throws Exception {
    Page page = browser.person(ColorScheme.LIGHT);
    page.navigate(grace.url() + "/");
    page.getByLabel("Token").fill(token);
    page.getByText("Sign in").click();
    assertThat(page.locator("#now")).containsText("All is well");
    page.setDefaultTimeout(60_000);

    Scenario scenario = Scenario.ALL.getFirst();
    fleet.breakIt(scenario.service(), scenario.fault());
    page.waitForSelector("#strip >> text=1 waiting");
    browser.picture(page, "story-1-now");
    String run = grace.get("/api/approvals").path("items").path(0).path("id").asString();
    String incident = grace.get("/api/approvals").path("items").path(0).path("incident").asString();
    page.navigate(grace.url() + "/incidents/" + incident);
    page.locator(".plot").first().scrollIntoViewIfNeeded(); // Plots are drawn when they are seen.
    page.waitForSelector(".plot[data-drawn=yes]");
    browser.picture(page, "story-2-incident");
    page.navigate(grace.url() + "/runs/" + run);
    page.keyboard().press("a");
    page.keyboard().type("seen on the map, reversible, go");
    page.keyboard().press("Enter");
    assertThat(page.locator("#facts")).containsText("demo (plan)");

    page.navigate(grace.url() + "/incidents/" + incident);
    page.waitForSelector("#facts .chip >> text=resolved");
    page.reload();
    assertThat(page.locator("main")).containsText("by run");
    assertThat(page.locator(".story")).containsText("approved by demo: seen on the map");
    assertEquals(0, page.locator("svg.gantt rect.bad").count());
    assertTrue(page.locator("svg.gantt rect.good").count() > 0);
    page.locator(".plot").first().scrollIntoViewIfNeeded(); // Plots are drawn when they are seen.
    page.waitForSelector(".plot[data-drawn=yes]");
    browser.picture(page, "story-3-healed");
    page.navigate(grace.url() + "/fleet");
    page.waitForSelector("#map[data-drawn]");
    browser.picture(page, "story-4-fleet");
    page.navigate(grace.url() + "/learning");
    browser.picture(page, "story-5-learning");
    page.navigate(grace.url() + "/journal?kind=run.");
    browser.picture(page, "story-6-journal");
    page.getByText("Verify the chain").click();
    assertThat(page.locator("main")).containsText("The chain holds");
    assertEquals(List.of(), browser.complaints);
  }

  /// Everything that all of them show changes each second: the worst there is.
  @Test
  @Timeout(240)
  void twoHundredWatchersCostLessThanATenthOfACore() throws Exception {
    HttpClient person = signedIn();
    stir(SECONDS / 2);
    Duration before = stir(SECONDS);
    var bytes = new AtomicLong();
    var streams = new ArrayList<InputStream>();
    for (int i = 0; i < WATCHERS; i++) {
      var answer =
          person.send(
              HttpRequest.newBuilder(URI.create(grace.url() + "/live")).build(),
              BodyHandlers.ofInputStream());
      assertEquals(200, answer.statusCode());
      streams.add(answer.body());
      Thread.ofVirtual().start(() -> count(answer.body(), bytes));
    }
    stir(SECONDS / 2); // Warm, as a process is that runs for days.
    long already = bytes.get();
    Duration with = stir(SECONDS);
    long read = bytes.get() - already;
    for (InputStream stream : streams) {
      stream.close();
    }

    double core = (with.toNanos() - before.toNanos()) / 1e9 / SECONDS;
    System.out.printf(
        "%d watchers: %.1f %% of a core more (%.1f %% without them), %.0f kB a second%n",
        WATCHERS, core * 100, before.toNanos() / 1e7 / SECONDS, read / 1000.0 / SECONDS);
    assertTrue(
        read / WATCHERS > 1000L * SECONDS / 2, "each is told something each second: " + read);
    assertTrue(core < 0.10, "they cost " + core + " of a core");
  }

  private static void count(InputStream stream, AtomicLong bytes) {
    byte[] buffer = new byte[16_384];
    try {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        bytes.addAndGet(n);
      }
    } catch (IOException _) {
      // Closed: enough was counted.
    }
  }

  /// Pauses or resumes each second.
  ///
  /// @return what GRACE worked meanwhile
  private Duration stir(int seconds) throws Exception {
    Duration begun = worked();
    for (int i = 0; i < seconds; i++) {
      grace.post(i % 2 == 0 ? "/api/pause" : "/api/resume", Map.of("reason", "stirring " + i));
      Thread.sleep(1000);
    }
    return worked().minus(begun);
  }

  private Duration worked() {
    return grace.handle().info().totalCpuDuration().orElseThrow();
  }

  private HttpClient signedIn() throws Exception {
    HttpClient client = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    String door =
        client
            .send(
                HttpRequest.newBuilder(URI.create(grace.url() + "/sign-in")).build(),
                BodyHandlers.ofString())
            .body();
    Matcher form = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(door);
    assertTrue(form.find());
    JsonNode status = grace.get("/api/status");
    assertTrue(status.path("paused").isNull());
    var in =
        client.send(
            HttpRequest.newBuilder(URI.create(grace.url() + "/sign-in"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "token=" + encoded(token) + "&_csrf=" + encoded(form.group(1))))
                .build(),
            BodyHandlers.ofString());
    assertEquals(303, in.statusCode());
    return client;
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}

package io.grace.app;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Debian's Chromium, driven by Playwright. What a page's console complains of is kept.
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  private final Playwright playwright;
  private final com.microsoft.playwright.Browser browser;
  private final Path pictures;

  /// Errors of scripts, and what the page was forbidden to do.
  public final List<String> complaints = new ArrayList<>();

  /// Hosts that were asked for anything.
  public final Set<String> hosts = new java.util.TreeSet<>();

  private Browser(Path pictures) {
    this.pictures = pictures;
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(java.util.Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
  }

  /// Skips the test where there is no Chromium, unless `GRACE_REQUIRE_CHROMIUM` is set.
  ///
  /// @param pictures where screenshots go
  public static Browser open(Path pictures) throws java.io.IOException {
    boolean isThere = Files.isExecutable(CHROMIUM);
    if (!isThere && System.getenv("GRACE_REQUIRE_CHROMIUM") != null) {
      Assertions.fail("this test needs " + CHROMIUM + "; install the package chromium");
    }
    Assumptions.assumeTrue(isThere, "no " + CHROMIUM + ", so pages are not looked at");
    Files.createDirectories(pictures);
    return new Browser(pictures);
  }

  /// A new person before a screen.
  public Page person(ColorScheme scheme) {
    BrowserContext context =
        browser.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(1360, 900)
                .setColorScheme(scheme)
                .setTimezoneId("Europe/Berlin")
                .setLocale("en-GB"));
    context.setDefaultTimeout(15_000);
    Page page = context.newPage();
    page.onConsoleMessage(m -> complain(m));
    page.onPageError(complaints::add);
    page.onRequest(r -> {
      if (!r.url().startsWith("data:")) {
        hosts.add(java.net.URI.create(r.url()).getHost());
      }
    });
    return page;
  }

  /// Somebody whose browser runs no script.
  public Page personWithoutScripts() {
    BrowserContext context =
        browser.newContext(
            new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(1360, 900)
                .setJavaScriptEnabled(false));
    context.setDefaultTimeout(15_000);
    return context.newPage();
  }

  private void complain(ConsoleMessage message) {
    // A refused page says its status too; that is looked at where it is wanted.
    if (message.type().equals("error") && !message.text().contains("status of")) {
      complaints.add(message.text());
    }
  }

  public Path picture(Page page, String name) {
    Path file = pictures.resolve(name + ".png");
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    return file;
  }

  /// What the rules of axe say is serious or worse, a line each.
  public static List<String> barriers(Page page) {
    return new AxeBuilder(page)
        .analyze().getViolations().stream()
            .filter(v -> Set.of("serious", "critical").contains(v.getImpact()))
            .map(v ->
                v.getId()
                    + ": "
                    + v.getHelp()
                    + " at "
                    + v.getNodes().stream().limit(3).map(n -> n.getHtml()).toList())
            .toList();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}

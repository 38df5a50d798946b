package io.grace.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shadow report in a real browser.
class ConsoleShadowTest {
  @Test
  void whatWasWatchedIsShownWithWhatIsMissingForMore(@TempDir Path directory) throws Exception {
    try (var browser = Browser.open(Path.of("target", "screenshots"));
        var oidc = new OidcRig(directory, "")) {
      oidc.rig.post(
          Role.OPERATOR,
          "/api/health/ingest_signal",
          "{\"service\":\"stock\",\"metric\":\"up\",\"value\":0}");
      Rig.await("stock has a run", () -> !oidc.rig.backend.snapshot().runs().isEmpty());
      Page page = browser.person(ColorScheme.LIGHT);
      page.navigate(oidc.at("/learning").toString());
      page.getByText("Use your identity provider").click();
      page.locator(".tabs").getByText("Shadow report").click();

      assertThat(page.locator("#shadow tbody tr")).hasCount(1);
      assertThat(page.locator("#shadow tbody tr")).containsText("0 of 20 proposals");
      browser.picture(page, "shadow-report");
      assertEquals(List.of(), Browser.barriers(page));
      assertEquals(List.of(), browser.complaints);
    }
  }
}

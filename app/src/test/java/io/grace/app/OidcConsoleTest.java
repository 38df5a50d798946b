package io.grace.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Sign-in by OIDC in a real browser, for which the provider is another site.
class OidcConsoleTest {
  private static final Path PICTURES = Path.of("target", "screenshots");

  @Test
  void personGoesToTheProviderAndComesBackSignedIn(@TempDir Path directory) throws Exception {
    try (var browser = Browser.open(PICTURES);
        var oidc = new OidcRig(directory, "")) {
      Page page = browser.person(ColorScheme.LIGHT);
      page.navigate(oidc.at("/fleet").toString());
      browser.picture(page, "oidc-door");
      assertEquals(List.of(), Browser.barriers(page));

      page.getByText("Use your identity provider").click();

      assertThat(page.locator("h1")).hasText("Fleet");
      assertThat(page.locator(".who")).containsText("oidc:ann");
      browser.picture(page, "oidc-in");
      page.reload();
      assertThat(page.locator("h1")).hasText("Fleet");
      assertEquals(List.of(), browser.complaints);
    }
  }

  @Test
  void personWithoutARoleReadsWhy(@TempDir Path directory) throws Exception {
    try (var browser = Browser.open(PICTURES);
        var oidc = new OidcRig(directory, "")) {
      oidc.provider.person.put("groups", List.of("visitors"));
      Page page = browser.person(ColorScheme.DARK);
      page.navigate(oidc.at("/sign-in").toString());
      page.getByText("Use your identity provider").click();

      assertThat(page.locator("h1")).hasText("Not signed in");
      browser.picture(page, "oidc-refused");
      assertEquals(List.of(), Browser.barriers(page));
    }
  }

  @Test
  void personReadsThatTheProviderIsDown(@TempDir Path directory) throws Exception {
    try (var browser = Browser.open(PICTURES);
        var oidc = new OidcRig(directory, "")) {
      oidc.provider.close();
      Page page = browser.person(ColorScheme.LIGHT);
      page.navigate(oidc.at("/sign-in").toString());
      page.getByText("Use your identity provider").click();

      assertThat(page.locator("[role=alert]")).containsText("cannot be reached");
      browser.picture(page, "oidc-down");
      assertEquals(List.of(), Browser.barriers(page));
      page.getByLabel("Token").fill("viewer");
      page.locator("button").click();
      assertThat(page.locator("h1")).hasText("Now");
    }
  }
}

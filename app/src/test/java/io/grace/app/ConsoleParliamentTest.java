package io.grace.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitUntilState;
import io.grace.core.model.Hash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Parliament in a real browser: the approver and the administrator are the members.
class ConsoleParliamentTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final String WANTED = Hash.sha256("wanted").value();
  private static final String MOTIONS = "/api/parliament/motions";

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init")
  private Browser browser;

  @SuppressWarnings("NullAway.Init")
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    browser = Browser.open(PICTURES);
    rig = new Rig(new MemoryBackend(Map.of(), file(2)));
    Rig.await("seated", () -> rig.backend.snapshot().motions().rules().isOn());
  }

  private Path file(int quorum) throws Exception {
    return Files.writeString(
        directory.resolve("grace-" + quorum + ".yaml"),
        """
        apiVersion: grace/v1
        parliament: {members: [the-%s, the-%s], quorum: %d, required: true}
        """
            .formatted(Role.APPROVER, Role.ADMIN, quorum));
  }

  @AfterEach
  void stop() {
    if (rig != null) {
      rig.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  private Page signedIn(Role role, Page page) {
    page.navigate(at("/parliament"));
    page.getByLabel("Token").fill(role.toString());
    page.getByText("Sign in").click();
    assertThat(page.locator("h1")).hasText("Parliament");
    return page;
  }

  private String at(String path) {
    return "http://127.0.0.1:" + rig.port + path;
  }

  private int visit(Page page) {
    var options = new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED);
    return Objects.requireNonNull(page.navigate(at("/parliament"), options)).status();
  }

  private static void vote(Page page, String id, String how, String why) {
    var card = page.locator("#" + id);
    card.getByLabel("Why you vote so").fill(why);
    card.getByText("Vote " + how + " " + id).click();
  }

  @Test
  void membersCarryAPolicyAndEverybodySeesWhoVotedWhatAndWhy() throws Exception {
    Page one = signedIn(Role.APPROVER, browser.person(ColorScheme.LIGHT));
    assertThat(one.locator("main")).containsText("It is ratified");
    one.getByLabel("Policy, by its hash").fill(WANTED);
    one.getByLabel("Why it is wanted").fill("fewer restarts <script>alert(1)</script>");
    one.getByText("Move it").click();
    assertThat(one.locator("#m-000001")).containsText(WANTED);
    vote(one, "m-000001", "for", "two weeks without a wrong proposal");
    assertThat(one.locator("#m-000001")).containsText("You have voted");
    browser.picture(one, "parliament-open");
    List<String> barriers = Browser.barriers(one);

    Page two = signedIn(Role.ADMIN, browser.person(ColorScheme.DARK));
    vote(two, "m-000001", "for", "agreed");
    Rig.await("decided", () -> rig.backend.snapshot().motions().open().isEmpty());
    visit(two);
    assertThat(two.locator("#m-000001 .chip")).hasText("carried");
    browser.picture(two, "parliament-carried");

    Page viewer = signedIn(Role.VIEWER, browser.person(ColorScheme.LIGHT));
    assertThat(viewer.locator("#m-000001")).containsText("two weeks without a wrong proposal");
    assertThat(viewer.locator("#m-000001")).containsText("<script>alert(1)</script>");
    assertThat(viewer.getByText("Move it")).hasCount(0);
    assertThat(viewer.locator("main")).containsText("the-viewer is none");
    assertFalse(rig.backend.snapshot().motions().forbids(new Hash(WANTED)));
    assertEquals(List.of(), barriers);
    assertEquals(List.of(), Browser.barriers(two));
    assertEquals(List.of(), browser.complaints);
  }

  @Test
  void withoutScriptsMembersMoveVoteAgainstAndWithdraw() throws Exception {
    Page page = signedIn(Role.APPROVER, browser.personWithoutScripts());
    page.getByLabel("Policy, by its hash").fill(WANTED);
    page.getByLabel("Why it is wanted").fill("fewer restarts");
    page.getByText("Move it").click();
    vote(page, "m-000001", "against", "on second thought");
    assertThat(page.locator("#m-000001 table")).containsText("against");

    page.getByLabel("Why you withdraw it").fill("a mistake");
    page.getByText("Withdraw m-000001").click();

    assertThat(page.locator("#m-000001 .chip")).hasText("withdrawn");
    assertTrue(rig.backend.snapshot().motions().open().isEmpty());
  }

  @Test
  void policyThatWasNotCarriedIsSaidOnTopAndMovedWithoutItsHash() throws Exception {
    var before = rig.backend.snapshot();
    rig.close();
    rig = new Rig(new MemoryBackend(Map.of(), file(1), before));
    Page page = signedIn(Role.APPROVER, browser.person(ColorScheme.LIGHT));
    assertThat(page.locator(".card.bad")).containsText("It is not ratified: nothing is done");
    assertEquals(List.of(), Browser.barriers(page));
    browser.picture(page, "parliament-not-ratified");

    page.getByLabel("Why it is wanted").fill("one is enough in the holidays");
    page.getByText("Move it").click();
    assertThat(page.locator("#m-000001")).containsText("the policy of now");
    vote(page, "m-000001", "for", "agreed");
    Page two = signedIn(Role.ADMIN, browser.person(ColorScheme.LIGHT));
    vote(two, "m-000001", "for", "agreed");
    Rig.await("decided", () -> rig.backend.snapshot().motions().open().isEmpty());

    two.reload(new Page.ReloadOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
    assertThat(two.locator(".card.good")).containsText("It is ratified");
  }

  @Test
  void refusalIsAPageThatSaysWhy() throws Exception {
    rig.post(
        Role.ADMIN, MOTIONS, "{\"policy\":\"" + WANTED + "\",\"reason\":\"the other was first\"}");
    Page page = signedIn(Role.APPROVER, browser.person(ColorScheme.LIGHT));
    assertThat(page.getByText("Withdraw m-000001")).hasCount(0);
    page.getByLabel("Policy, by its hash").fill(WANTED);
    page.getByLabel("Why it is wanted").fill("mine");
    page.getByText("Move it").click();

    assertThat(page.locator("main")).containsText("m-000001 is about policy");
  }
}

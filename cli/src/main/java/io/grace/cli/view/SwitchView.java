package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Page;
import io.grace.cli.text.Tone;

/// What the kill switch says once it was moved.
public final class SwitchView {
  private SwitchView() {}

  public static void paused(Doc answer, Page page) {
    page.title("GRACE is paused. It starts nothing until 'grace resume'.", Tone.WARN);
  }

  public static void resumed(Doc answer, Page page) {
    if (answer.at("paused").isPresent()) {
      page.title("GRACE is still paused.", Tone.WARN);
    } else {
      page.title("GRACE is no longer paused.", Tone.GOOD);
    }
  }
}

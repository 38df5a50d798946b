package io.grace.cli.view;

import io.grace.cli.client.Doc;
import io.grace.cli.text.Figures;
import io.grace.cli.text.Page;
import io.grace.cli.text.Table;
import io.grace.cli.text.Tone;
import java.util.List;

/// Motions before parliament, in a list and one by one.
public final class MotionView {
  private static final int BRIEF = 12;

  private MotionView() {}

  public static void openOnes(Doc parliament, Page page) {
    rules(parliament, page);
    if (parliament.items("members").isEmpty() && parliament.items("motions").isEmpty()) {
      return;
    }
    List<Doc> open =
        parliament.items("motions").stream().filter(m -> m.word("state").equals("open")).toList();
    page.heading("Open motions: " + open.size());
    if (open.isEmpty()) {
      page.note("none; what ended: grace motion --all");
      return;
    }
    var table = new Table("MOTION", "POLICY", "BY", "#FOR", "#AGAINST", "MISSING", "CLOSES");
    for (Doc motion : open) {
      table.row(
          motion.text("id"),
          brief(motion.text("policy")),
          motion.text("by"),
          motion.text("in_favour"),
          motion.text("against"),
          Figures.count(motion.whole("missing_votes"), "vote")
              + ", "
              + motion.text("missing_in_favour")
              + " for",
          motion.moment("expires"));
    }
    page.table(table, "  ");
    page.note(
        "MISSING: votes to a quorum, and those for it until nothing can keep it from passing.");
    page.note("Read one before you vote: grace motion show MOTION");
  }

  public static void list(Doc parliament, Page page) {
    rules(parliament, page);
    List<Doc> motions = parliament.items("motions");
    page.heading("Motions: " + motions.size());
    if (motions.isEmpty()) {
      page.note("none was ever made, or none is remembered");
      return;
    }
    var table = new Table("MOTION", "POLICY", "BY", "#FOR", "#AGAINST", "STATE", "UNTIL");
    for (Doc motion : motions) {
      table.row(
          Words.plain(motion.text("id")),
          Words.plain(brief(motion.text("policy"))),
          Words.plain(motion.text("by")),
          Words.plain(motion.text("in_favour")),
          Words.plain(motion.text("against")),
          new Table.Cell(motion.word("state"), tone(motion.word("state"))),
          Words.plain(motion.moment(motion.at("ended").isPresent() ? "ended" : "expires")));
    }
    page.table(table, "  ");
  }

  private static void rules(Doc parliament, Page page) {
    List<Doc> members = parliament.items("members");
    if (members.isEmpty()) {
      page.title("There is no parliament: the policy lists no members.");
      return;
    }
    boolean isHeld = parliament.isTrue("required") && !parliament.isTrue("ratified");
    page.title(
        isHeld
            ? "Nothing is done: the policy of now was not carried."
            : parliament.isTrue("required")
                ? "The policy of now is ratified."
                : "Votes are advice: effects do not wait for them.",
        isHeld ? Tone.BAD : parliament.isTrue("required") ? Tone.GOOD : Tone.PLAIN);
    page.fact("Policy", parliament.text("policy"));
    page.fact("Members", Words.list(members));
    page.fact("Quorum", parliament.text("quorum") + " of " + members.size() + " must have voted");
    page.fact(
        "Majority",
        "more than "
            + Figures.number(100 * parliament.number("majority"))
            + " % of the votes in favour");
  }

  /// @param entries what the journal has of it
  public static void one(Doc parliament, Doc motion, List<Doc> entries, Page page) {
    String id = motion.text("id");
    boolean isOpen = motion.word("state").equals("open");
    page.title(
        "Motion " + id + " by " + motion.text("by") + ": " + motion.word("state"),
        tone(motion.word("state")));
    String policy = motion.text("policy");
    page.fact("Policy", policy);
    page.fact(
        "That is", policy.equals(parliament.text("policy")) ? "the policy of now" : "another");
    page.fact("Why", motion.text("reason"));
    page.fact("Made", motion.moment("since"));
    page.fact(isOpen ? "Closes" : "Ended", motion.moment(isOpen ? "expires" : "ended"));
    page.fact(
        "Votes",
        motion.text("in_favour")
            + " for, "
            + motion.text("against")
            + " against; a quorum is "
            + parliament.text("quorum")
            + " of "
            + parliament.items("members").size());
    if (isOpen) {
      page.fact("Missing", missing(motion));
    }
    votes(parliament, motion, entries, page);
    if (isOpen) {
      page.heading("Next");
      page.note("grace motion vote " + id + " for|against -m REASON");
    }
  }

  private static void votes(Doc parliament, Doc motion, List<Doc> entries, Page page) {
    List<String> members = parliament.items("members").stream().map(Doc::text).toList();
    page.heading("Votes");
    if (motion.items("cast").isEmpty()) {
      page.note("nobody voted yet");
      return;
    }
    var table = new Table("BY", "VOTE", "AT", "WHY");
    for (Doc cast : motion.items("cast")) {
      String by = cast.text("by");
      table.row(
          by,
          cast.word("vote") + (members.contains(by) ? "" : ", a member no more: not counted"),
          cast.moment("at"),
          why(by, entries));
    }
    page.table(table, "  ");
  }

  private static String why(String by, List<Doc> entries) {
    return entries.stream()
        .filter(e -> e.text("kind").equals("motion.voted") && e.text("actor").equals(by))
        .findFirst()
        .map(e -> e.at("payload").unfolded().text("reason"))
        .orElse("-");
  }

  private static String missing(Doc motion) {
    long votes = motion.whole("missing_votes");
    long inFavour = motion.whole("missing_in_favour");
    return (votes == 0 ? "no vote to a quorum" : Figures.count(votes, "vote") + " to a quorum")
        + "; "
        + inFavour
        + " for it until nothing can keep it from passing";
  }

  private static String brief(String hash) {
    return hash.length() == 64 ? hash.substring(0, BRIEF) : hash;
  }

  private static Tone tone(String state) {
    return switch (state) {
      case "carried" -> Tone.GOOD;
      case "lost" -> Tone.BAD;
      case "lapsed", "withdrawn" -> Tone.WARN;
      default -> Tone.PLAIN;
    };
  }

  public static void moved(Doc answer, Page page) {
    String id = answer.text("id");
    page.line(
        "Motion " + id + " is made. Whoever made it votes too: grace motion vote " + id + ".");
  }

  public static void voted(Doc answer, Page page) {
    page.line(
        "Your vote counts. Motion " + answer.text("id") + " is " + answer.word("state") + ".");
  }

  public static void withdrawn(Doc answer, Page page) {
    page.line("Motion " + answer.text("id") + " is " + answer.word("state") + ".");
  }
}

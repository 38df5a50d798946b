package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.core.model.Change;
import io.grace.core.model.Report;
import io.grace.runtime.ingest.GitRange;
import io.grace.runtime.ingest.Unreadable;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The change feed: what pipelines and people changed, so that a diagnosis can see it.
@RestController
public final class ChangesApi {
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

  private final Backend backend;
  private final GitRange git;
  private final InstantSource clock;

  ChangesApi(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.git = new GitRange(backend.repositories());
    this.clock = clock;
  }

  /// @param kind `deploy`, `flag`, `config` or `other`
  /// @param by who changed it; the holder of the token if it is missing
  /// @param repository a declared local repository, whose commits after `from` up to `to` came
  public record ChangeBody(
      @Nullable String id,
      @Nullable String service,
      @Nullable String kind,
      @Nullable String ref,
      @Nullable String by,
      @Nullable String summary,
      @Nullable Instant at,
      @Nullable String repository,
      @Nullable String from,
      @Nullable String to) {}

  public record ChangedView(String id, int commits) {}

  @PostMapping("/api/changes")
  public ChangedView change(@RequestBody ChangeBody body, Principal person) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant at = body.at() == null ? now : body.at().truncatedTo(ChronoUnit.MICROS);
    if (at.isAfter(now.plus(CLOCK_SKEW))) {
      throw Refusal.invalid("at is in the future: " + at + ", here it is " + now);
    }
    String kind =
        Inputs.word("kind", body.kind(), "deploy", "flag", "config", "other")
            .toUpperCase(Locale.ROOT);
    List<Change.Commit> commits = commits(body);
    Change change;
    try {
      change =
          new Change(
              text(body.id()),
              Inputs.service(body.service()),
              Change.Kind.valueOf(kind),
              text(body.ref()),
              body.by() == null ? person.getName() : body.by(),
              text(body.summary()),
              commits,
              at);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
    Receipts.require(backend, List.of(new Report.Changed(change)));
    return new ChangedView(change.id(), commits.size());
  }

  private List<Change.Commit> commits(ChangeBody body) {
    if (body.repository() == null) {
      if (body.from() != null || body.to() != null) {
        throw Refusal.invalid("from and to need a repository");
      }
      return List.of();
    }
    if (body.to() == null) {
      throw Refusal.invalid("to is missing: the commit that is deployed now");
    }
    try {
      return git.commits(body.repository(), Optional.ofNullable(body.from()), body.to());
    } catch (Unreadable e) {
      throw new Refusal(IngestApi.unreadable(e));
    }
  }

  private static String text(@Nullable String text) {
    if (text == null) {
      return "";
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.invalid("a text must not have control characters");
    }
    return text;
  }
}

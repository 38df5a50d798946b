package io.grace.runtime.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRangeTest {
  @TempDir Path dir;

  @Test
  void commitsAfterTheFirstUpToTheLastCame() throws Exception {
    try (Git git = Git.init().setDirectory(dir.toFile()).call()) {
      RevCommit first = commit(git, "first");
      commit(git, "second");
      RevCommit third = commit(git, "third");
      var range = new GitRange(Map.of("shop", dir));

      var commits = range.commits("shop", Optional.of(first.getName()), third.getName());

      assertEquals(List.of("third", "second"), commits.stream().map(c -> c.summary()).toList());
      assertEquals("Ann", commits.getFirst().by());
      assertEquals(
          List.of("third"),
          range.commits("shop", Optional.empty(), third.getName()).stream()
              .map(c -> c.summary())
              .toList());
    }
  }

  @Test
  void whatIsNotThereIsRefused() throws Exception {
    try (Git git = Git.init().setDirectory(dir.toFile()).call()) {
      commit(git, "first");
      var range = new GitRange(Map.of("shop", dir));

      assertThrows(Unreadable.class, () -> range.commits("other", Optional.empty(), "HEAD"));
      assertThrows(
          Unreadable.class, () -> range.commits("shop", Optional.empty(), "no-such-branch"));
      assertThrows(Unreadable.class, () -> range.commits("shop", Optional.empty(), "HEAD~1^{/x}"));
    }
  }

  private static RevCommit commit(Git git, String message) throws Exception {
    var ann = new PersonIdent("Ann", "ann@example.org");
    return git.commit()
        .setAllowEmpty(true)
        .setAuthor(ann)
        .setCommitter(ann)
        .setMessage(message)
        .call();
  }
}

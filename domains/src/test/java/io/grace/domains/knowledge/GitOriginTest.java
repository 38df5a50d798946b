package io.grace.domains.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.knowledge.Intake.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitOriginTest {
  @TempDir Path directory;
  @TempDir Path work;

  private SourceSpec spec(Optional<String> branch) {
    return new SourceSpec(
        "repo", SourceSpec.Kind.GIT, work.toString(), branch, 0.5, Optional.empty());
  }

  private Origin origin(Optional<String> branch) throws IOException {
    return new GitOrigin(spec(branch), directory.resolve("mirror"), Duration.ofSeconds(20));
  }

  static String commit(Git git, String name, String text) throws Exception {
    Path file = git.getRepository().getWorkTree().toPath().resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    git.add().addFilepattern(".").call();
    return git.commit()
        .setMessage("Say " + name)
        .setAuthor("ann", "ann@example.com")
        .setCommitter("ann", "ann@example.com")
        .setSign(false)
        .call()
        .getName();
  }

  @Test
  void onlyWhatACommitChangedIsReadAndTheCommitIsTold() throws Exception {
    try (var git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call();
        var desk = new Desk(directory)) {
      commit(git, "a.md", "replica lag");
      String first = commit(git, "docs/b.md", "disk full");
      assertEquals(new Round(2, 2, 0), desk.take(spec(Optional.empty()), origin(Optional.empty())));
      assertEquals(first, desk.library.find("repo", "docs/b.md").orElseThrow().revision());

      String second = commit(git, "docs/b.md", "volume full");
      Files.writeString(work.resolve("c.md"), "not committed");

      assertEquals(new Round(2, 1, 0), desk.take(spec(Optional.empty()), origin(Optional.empty())));
      assertEquals(second, desk.library.find("repo", "docs/b.md").orElseThrow().revision());
      assertEquals(1, desk.found("volume").size());
      assertEquals(0, desk.found("disk").size());
    }
  }

  @Test
  void anotherBranchIsReadWhereItIsAskedFor() throws Exception {
    try (var git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call();
        var desk = new Desk(directory)) {
      commit(git, "a.md", "replica lag");
      git.checkout().setCreateBranch(true).setName("ops").call();
      commit(git, "b.md", "disk full");
      git.checkout().setName("main").call();

      assertEquals(
          new Round(2, 2, 0), desk.take(spec(Optional.of("ops")), origin(Optional.of("ops"))));
    }
  }

  @Test
  void missingRepositoryOrBranchIsAProblemOfTheSource() throws Exception {
    assertThrows(IOException.class, () -> origin(Optional.empty()).list());
    try (var git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call()) {
      commit(git, "a.md", "replica lag");
      var e = assertThrows(IOException.class, () -> origin(Optional.of("nope")).list());
      assertTrue(String.valueOf(e.getMessage()).contains("nope"), e.getMessage());
    }
  }
}

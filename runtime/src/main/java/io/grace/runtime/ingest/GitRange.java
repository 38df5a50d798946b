package io.grace.runtime.ingest;

import io.grace.core.model.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// The commits between two points of a local repository, which is only read. *Thread-safe.*
public final class GitRange {
  private static final int SHORT_ID = 12;

  private final Map<String, Path> repositories;

  /// @param repositories by name; each the directory that `git` calls GIT_DIR, or its work tree
  public GitRange(Map<String, Path> repositories) {
    this.repositories = Map.copyOf(repositories);
  }

  /// The newest first, at most [Change#MOST_COMMITS].
  ///
  /// @param from not included; empty for `to` alone
  /// @throws Unreadable if there is no such repository or commit
  public List<Change.Commit> commits(String repository, Optional<String> from, String to)
      throws Unreadable {
    Path path = repositories.get(repository);
    if (path == null) {
      throw Unreadable.unacceptable(
          "repository must be one of "
              + repositories.keySet().stream().sorted().toList()
              + ", as grace.yaml declares them under changes: "
              + Clean.text(repository, 100));
    }
    var builder = new FileRepositoryBuilder().setMustExist(true);
    builder.addCeilingDirectory(path.toFile()).findGitDir(path.toFile());
    if (builder.getGitDir() == null) {
      builder.setGitDir(path.toFile());
    }
    try (Repository git = builder.build();
        RevWalk walk = new RevWalk(git)) {
      walk.markStart(commit(git, walk, to));
      if (from.isPresent()) {
        walk.markUninteresting(commit(git, walk, from.get()));
      }
      var commits = new ArrayList<Change.Commit>();
      for (RevCommit commit : walk) {
        commits.add(shown(commit));
        if (commits.size() == Change.MOST_COMMITS || from.isEmpty()) {
          break;
        }
      }
      return commits;
    } catch (IOException e) {
      throw Unreadable.unacceptable(
          "repository " + repository + " cannot be read: " + e.getMessage());
    }
  }

  private static RevCommit commit(Repository git, RevWalk walk, String name)
      throws IOException, Unreadable {
    // Names such as `HEAD~1000000` cost a walk, so only plain ones are looked up.
    if (!name.matches("[A-Za-z0-9._/-]{1,200}")) {
      throw Unreadable.unacceptable(
          "a commit is named by its id, a tag or a branch: " + Clean.text(name, 100));
    }
    ObjectId id = git.resolve(name + "^{commit}");
    if (id == null) {
      throw Unreadable.unacceptable("there is no commit " + Clean.text(name, 100));
    }
    return walk.parseCommit(id);
  }

  private static Change.Commit shown(RevCommit commit) {
    return new Change.Commit(
        commit.getName().substring(0, SHORT_ID),
        Clean.text(commit.getAuthorIdent().getName(), Change.LONGEST_TEXT),
        Clean.text(commit.getShortMessage(), Change.LONGEST_TEXT));
  }
}

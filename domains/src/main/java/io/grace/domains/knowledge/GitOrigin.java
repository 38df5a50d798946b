package io.grace.domains.knowledge;

import io.grace.domains.knowledge.reading.Reading;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.treewalk.TreeWalk;

/// A Git repository, fetched into a bare mirror of our own and read from there, so that only what
/// is new crosses the network and what is read is one commit.
final class GitOrigin implements Origin {
  private static final String HERE = "refs/heads/knowledge";

  private final SourceSpec spec;
  private final Duration limit;
  private final Repository mirror;
  private ObjectId commit = ObjectId.zeroId();

  /// @param limit of the network's silence
  GitOrigin(SourceSpec spec, Path mirror, Duration limit) throws IOException {
    this.spec = spec;
    this.limit = limit;
    this.mirror = new FileRepositoryBuilder().setBare().setGitDir(mirror.toFile()).build();
    if (!Files.exists(mirror.resolve("HEAD"))) {
      this.mirror.create(true);
    }
  }

  @Override
  public List<Entry> list() throws IOException {
    fetch();
    var found = new ArrayList<Entry>();
    try (var revisions = new RevWalk(mirror);
        var tree = new TreeWalk(mirror)) {
      tree.addTree(revisions.parseCommit(commit).getTree());
      tree.setRecursive(true);
      while (tree.next()) {
        if (!isFile(tree) || !Reading.isFor(tree.getPathString())) {
          continue;
        }
        if (found.size() == MAX_FILES) {
          throw new IOException("more than " + MAX_FILES + " files in " + spec.location());
        }
        ObjectId content = tree.getObjectId(0);
        long size = tree.getObjectReader().getObjectSize(content, Constants.OBJ_BLOB);
        found.add(new Entry(tree.getPathString(), content.getName(), size));
      }
    }
    found.sort(Comparator.comparing(Entry::path));
    return found;
  }

  private static boolean isFile(TreeWalk tree) {
    int mode = tree.getFileMode(0).getBits();
    return (mode & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
  }

  /// Takes over the newest commit of the branch.
  private void fetch() throws IOException {
    try (Transport transport = Transport.open(mirror, new URIish(spec.location()))) {
      transport.setTimeout((int) Math.max(1, limit.toSeconds()));
      transport.setTagOpt(TagOpt.NO_TAGS);
      String from = spec.branch().map(branch -> "refs/heads/" + branch).orElse(Constants.HEAD);
      var result =
          transport.fetch(
              NullProgressMonitor.INSTANCE,
              List.of(new RefSpec(from + ":" + HERE).setForceUpdate(true)));
      Ref there = result.getAdvertisedRef(from);
      if (there == null || there.getObjectId() == null) {
        throw new IOException(spec.location() + " has no " + from);
      }
      var update = Optional.ofNullable(result.getTrackingRefUpdate(HERE));
      if (update.isPresent() && isLocked(update.get().getResult())) {
        throw new IOException("the mirror is locked: " + HERE);
      }
      commit = there.getObjectId();
    } catch (URISyntaxException e) {
      throw new IOException(spec.location() + " is no address of a repository", e);
    }
  }

  private static boolean isLocked(RefUpdate.Result result) {
    return result == RefUpdate.Result.LOCK_FAILURE || result == RefUpdate.Result.IO_FAILURE;
  }

  @Override
  public byte[] read(Entry entry, int maxBytes) throws IOException {
    try (var objects = mirror.newObjectReader();
        var in = objects.open(ObjectId.fromString(entry.version())).openStream()) {
      return in.readNBytes(maxBytes + 1);
    }
  }

  @Override
  public String revision() {
    return commit.getName();
  }

  @Override
  public void close() {
    mirror.close();
  }

  /// Removes the mirror; it is fetched anew. Whatever a process that died left in it goes with it.
  static void forget(Path mirror) throws IOException {
    if (!Files.exists(mirror)) {
      return;
    }
    try (var files = Files.walk(mirror)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

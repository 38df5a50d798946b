package io.grace.domains.knowledge;

import io.grace.domains.knowledge.reading.Reading;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// A directory and what is below it, without hidden files. Links are not followed, so that nothing
/// outside is read.
final class FolderOrigin implements Origin {
  private static final int MAX_DEPTH = 20;

  private final Path root;

  FolderOrigin(Path root) {
    this.root = root;
  }

  @Override
  public List<Entry> list() throws IOException {
    if (!Files.isDirectory(root)) {
      throw new IOException("there is no folder " + root);
    }
    var found = new ArrayList<Entry>();
    Files.walkFileTree(
        root,
        Set.of(),
        MAX_DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes about) {
            return isHidden(folder) && !folder.equals(root)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes about)
              throws IOException {
            String path = root.relativize(file).toString().replace('\\', '/');
            if (about.isRegularFile() && !isHidden(file) && Reading.isFor(path)) {
              if (found.size() == MAX_FILES) {
                throw new IOException("more than " + MAX_FILES + " files in " + root);
              }
              found.add(
                  new Entry(
                      path,
                      about.size() + "@" + about.lastModifiedTime().toInstant(),
                      about.size()));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // One directory without permission does not keep the others from being read.
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(Entry::path));
    return found;
  }

  private static boolean isHidden(Path path) {
    return path.getFileName() != null && path.getFileName().toString().startsWith(".");
  }

  @Override
  public byte[] read(Entry entry, int maxBytes) throws IOException {
    Path file = root.resolve(entry.path());
    try (var channel =
            Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        var in = Channels.newInputStream(channel)) {
      return in.readNBytes(maxBytes + 1);
    }
  }

  @Override
  public String revision() {
    return "";
  }

  @Override
  public void close() {}
}

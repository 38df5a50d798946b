package io.grace.domains.knowledge;

import java.io.IOException;
import java.util.List;

/// A place with files, looked at once. Used by one thread, which may be interrupted in any call.
interface Origin extends AutoCloseable {
  /// More files are a repository of something else.
  int MAX_FILES = 20_000;

  /// A file that can be read.
  ///
  /// @param path with `/`, relative to the source
  /// @param version changes whenever the content does
  record Entry(String path, String version, long size) {}

  /// Files of a kind that is read, by path.
  List<Entry> list() throws IOException;

  /// @param maxBytes a longer file is cut right after them
  byte[] read(Entry entry, int maxBytes) throws IOException;

  /// A commit's id; empty for a folder.
  String revision();

  @Override
  void close();
}

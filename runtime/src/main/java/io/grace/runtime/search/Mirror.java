package io.grace.runtime.search;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;

/// The files of the last sound commit, in memory: what is searched. Segment files are written once,
/// so only new ones are copied, and none is taken over whose checksum is wrong. What happens to the
/// disk afterwards therefore cannot reach an answer. *Owned by whoever holds the index's lock for
/// writing; readers use [#memory] through Lucene.*
final class Mirror {
  private final Directory disk;
  private final Directory memory = new ByteBuffersDirectory();

  Mirror(Directory disk) {
    this.disk = disk;
  }

  Directory memory() {
    return memory;
  }

  /// Takes over the newest commit; what was there stays if this throws.
  ///
  /// @throws IOException if a file is damaged or missing
  void follow() throws IOException {
    SegmentInfos newest = SegmentInfos.readLatestCommit(disk);
    Collection<String> wanted = newest.files(true);
    Set<String> here = new HashSet<>(List.of(memory.listAll()));
    var taken = new ArrayList<String>();
    try {
      // The commit comes last, so that whoever opens the memory finds all that it names.
      for (String file : lastOf(wanted, newest.getSegmentsFileName())) {
        if (!here.contains(file)) {
          memory.copyFrom(disk, file, file, IOContext.DEFAULT);
          taken.add(file);
          try (var in = memory.openInput(file, IOContext.DEFAULT)) {
            CodecUtil.checksumEntireFile(in);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      for (String file : taken) {
        memory.deleteFile(file);
      }
      throw e;
    }
    here.removeAll(wanted);
    for (String file : here) {
      memory.deleteFile(file);
    }
  }

  /// What is wrong on the disk with the commit that is searched; empty if nothing is.
  List<String> damage() throws IOException {
    var damage = new ArrayList<String>();
    for (String file : SegmentInfos.readLatestCommit(memory).files(true)) {
      try (var there = disk.openInput(file, IOContext.DEFAULT);
          var here = memory.openInput(file, IOContext.DEFAULT)) {
        if (CodecUtil.checksumEntireFile(there) != CodecUtil.retrieveChecksum(here)) {
          damage.add(file + " is another file");
        }
      } catch (NoSuchFileException | FileNotFoundException _) {
        damage.add(file + " is missing");
      } catch (ClosedByInterruptException e) {
        // Of the reader, and not of the file.
        throw e;
      } catch (IOException e) {
        damage.add(file + ": " + told(e));
      }
    }
    return damage;
  }

  private static String told(IOException e) {
    return e instanceof CorruptIndexException corrupt
        ? corrupt.getOriginalMessage()
        : String.valueOf(e.getMessage());
  }

  private static List<String> lastOf(Collection<String> files, String last) {
    var order = new ArrayList<>(files);
    order.remove(last);
    order.add(last);
    return order;
  }
}

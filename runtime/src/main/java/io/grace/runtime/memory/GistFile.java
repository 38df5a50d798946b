package io.grace.runtime.memory;

import io.grace.intelligence.latent.LatentSpace;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/// A [Gist] in a file. One that is damaged counts as none: it is learned anew.
final class GistFile {
  private static final int MAGIC = 0x47495354;

  private GistFile() {}

  static void write(Path file, Gist gist) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try (var bytes = new BufferedOutputStream(Files.newOutputStream(draft))) {
      var checked = new CheckedOutputStream(bytes, new CRC32());
      var out = new DataOutputStream(checked);
      out.writeInt(MAGIC);
      out.writeInt(gist.version());
      out.writeInt(gist.columns().size());
      for (Map.Entry<String, Integer> word : new TreeMap<>(gist.columns()).entrySet()) {
        out.writeUTF(word.getKey());
        out.writeInt(word.getValue());
      }
      write(out, gist.idf());
      write(out, gist.space().singular());
      write(out, gist.space().directions());
      out.writeInt(gist.regions().length);
      for (float[] region : gist.regions()) {
        write(out, region);
      }
      out.writeLong(checked.getChecksum().getValue());
    }
    try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(DataOutputStream out, float[] values) throws IOException {
    out.writeInt(values.length);
    for (float value : values) {
      out.writeFloat(value);
    }
  }

  /// Empty if there is none, or none that is whole.
  static Optional<Gist> read(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (var bytes = new BufferedInputStream(Files.newInputStream(file))) {
      var checked = new CheckedInputStream(bytes, new CRC32());
      var in = new DataInputStream(checked);
      long most = Files.size(file);
      if (in.readInt() != MAGIC) {
        return Optional.empty();
      }
      int version = in.readInt();
      int words = size(in, most);
      var columns = new HashMap<String, Integer>();
      for (int i = 0; i < words; i++) {
        String word = in.readUTF();
        columns.put(word, in.readInt());
      }
      float[] idf = read(in, most);
      float[] singular = read(in, most);
      float[] directions = read(in, most);
      float[][] regions = new float[size(in, most)][];
      for (int i = 0; i < regions.length; i++) {
        regions[i] = read(in, most);
      }
      long sum = checked.getChecksum().getValue();
      return in.readLong() == sum
          ? Optional.of(
              new Gist(
                  version,
                  Map.copyOf(columns),
                  idf,
                  LatentSpace.of(idf.length, singular, directions),
                  regions))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int size(DataInputStream in, long most) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > most) {
      throw new IOException("says to have " + size + " parts");
    }
    return size;
  }

  private static float[] read(DataInputStream in, long most) throws IOException {
    float[] values = new float[size(in, most)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }
}

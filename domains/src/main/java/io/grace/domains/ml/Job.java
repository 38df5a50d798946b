package io.grace.domains.ml;

import io.grace.domains.disk.WholeFile;
import io.grace.domains.series.Recorded;
import io.grace.domains.series.SeriesId;
import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// One training, as its directory holds it: what is wanted, what is learnt from, and how it ended.
/// *Immutable.*
///
/// @param parent the version that it is to replace; 0 if there is none
/// @param detail one sentence for people
record Job(
    String id, ModelSpec spec, int parent, long seed, long createdMs, State state, String detail) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String FILE = "job";
  private static final String DATA = "data";
  private static final int KIND = 0x4A4F4244;
  private static final int VERSION = 1;

  /// How it ended, if it did.
  enum State {
    OPEN,
    DONE,
    FAILED
  }

  Job ended(State how, String why) {
    return new Job(id, spec, parent, seed, createdMs, how, why);
  }

  void write(Path directory) throws IOException {
    WholeFile.write(
        directory.resolve(FILE), JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8));
  }

  static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  static Job read(Path directory) throws IOException {
    try {
      return JSON.readValue(WholeFile.read(directory.resolve(FILE)), Job.class);
    } catch (JacksonException e) {
      throw new IOException(directory + " holds no job: " + e.getMessage(), e);
    }
  }

  /// A training that is resumed must learn from what it was started with, whatever came since.
  static void writeData(Path directory, Recorded data) throws IOException {
    var out = new Packing(KIND, VERSION);
    out.text(data.id().toString());
    out.wide(data.newest());
    out.integer(data.step());
    out.doubles(data.values());
    WholeFile.write(directory.resolve(DATA), out.sealed());
  }

  static Recorded readData(Path directory) throws IOException {
    try {
      var in = new Unpacking(WholeFile.read(directory.resolve(DATA)), KIND, VERSION);
      var data = new Recorded(SeriesId.parse(in.text()), in.wide(), in.integer(), in.doubles());
      in.end();
      return data;
    } catch (IllegalArgumentException e) {
      throw new IOException(directory + " holds no data: " + e.getMessage(), e);
    }
  }
}

package io.grace.domains.knowledge;

import io.grace.domains.Living;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The parts of the domain that take in documents, on a clock that stands.
final class Desk implements AutoCloseable, InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-26T12:00:00Z"));
  final Library library;
  final Claims claims;
  final Shelf shelf;
  final Graph graph;
  final Intake intake;

  Desk(Path directory) throws IOException {
    var policy =
        Living.config(directory, "services: {orders: {}, stock: {}}\ndomains: {knowledge: {}}\n")
            .policy();
    library = Library.open(directory.resolve("library"));
    claims = new Claims(policy);
    shelf = Shelf.open(directory.resolve("index"), library, claims);
    graph = Graph.open(directory.resolve("graph.log"));
    intake = new Intake(library, shelf, graph, claims, this);
  }

  static SourceSpec folder(String name, Path folder) {
    return new SourceSpec(
        name, SourceSpec.Kind.FOLDER, folder.toString(), Optional.empty(), 0.5, Optional.empty());
  }

  static void write(Path folder, String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  Intake.Round take(SourceSpec spec) throws Exception {
    return take(spec, new FolderOrigin(Path.of(spec.location())));
  }

  Intake.Round take(SourceSpec spec, Origin origin) throws Exception {
    try (origin) {
      return intake.take(spec, origin, new Guard(this));
    }
  }

  List<String> found(String text) throws IOException {
    return shelf.search(text, 10).stream().map(hit -> hit.document().id()).toList();
  }

  void later(Duration by) {
    now.updateAndGet(then -> then.plus(by));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public void close() {
    shelf.close();
    graph.close();
  }
}

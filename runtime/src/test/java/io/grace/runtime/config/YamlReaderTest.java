package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlReaderTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void aMissingFileIsAProblem() {
    assertEquals(List.of("no.yaml: there is no such file"), said(Path.of("no.yaml")));
  }

  @Test
  void aDirectoryIsAProblem() {
    assertEquals(List.of(directory + ": cannot be read: IOException"), said(directory));
  }

  @Test
  void moreThanOneMebibyteIsRefused() throws IOException {
    var file = Files.writeString(directory.resolve("a"), "#".repeat(YamlReader.MOST_BYTES + 1));

    assertEquals(List.of(file + ": must be at most 1 MiB"), said(file));
  }

  @Test
  void whatIsNotUtf8IsRefused() throws IOException {
    var file = Files.write(directory.resolve("a"), new byte[] {'a', (byte) 0xff});

    assertEquals(List.of(file + ": must be UTF-8 text"), said(file));
  }

  @Test
  void characterBeyondSixteenBitsIsReadWhereverItStands() {
    for (int before = 1_000; before < 1_050; before++) {
      assertEquals(
          List.of(),
          said(YamlReader.parse("g", "a: '" + "x".repeat(before) + "\uD83D\uDE00'\nb: 1\n")));
    }
  }

  @Test
  void deepNestingIsRefusedBeforeItCanOverflow() {
    assertEquals(
        List.of("g:1:41: must be nested at most 40 deep"),
        said(YamlReader.parse("g", "[".repeat(500_000))));
  }

  @Test
  void aliasesThatMultiplyAreBounded() {
    String bomb =
        IntStream.range(1, 12)
            .mapToObj(i -> "k" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]")
            .collect(Collectors.joining("\n", "k0: &a0 [x,x,x]\n", "\n"));

    assertEquals(
        List.of("g:1:1: must have at most 100000 values, aliases copied out"),
        said(YamlReader.parse("g", bomb)));
  }

  @Test
  void aliasesAreCopiedOut() {
    var file = YamlReader.parse("g", "a: &x {b: 1}\nc: *x\n");

    assertEquals(1, file.root().at("/c/b").intValue());
  }

  @Test
  void onlyTrueAndFalseAreFlags() {
    var root = YamlReader.parse("g", "a: yes\nb: true\nc: 010\nd: 12:30\ne: 1.5\nf: ~").root();

    assertTrue(root.at("/a").isString());
    assertTrue(root.at("/b").isBoolean());
    assertTrue(root.at("/d").isString());
    assertEquals(1.5, root.at("/e").doubleValue());
  }

  @Test
  void everyProblemIsReportedAtOnceInTheOrderOfLines() {
    String text =
        "apiVersion: grace/v1\nmode: auto\nlimts: {}\nservices:\n  a: {depends_on: [b]}\n"
            + "store: {sqlite: 1, sqlite: 2}\n";

    assertEquals(
        List.of(
            "grace.yaml:2:1: mode: must be one of observe, approve, autonomous: 'auto'",
            "grace.yaml:3:1: limts: unknown key, did you mean 'limits'?",
            "grace.yaml:5:20: services.a.depends_on[0]: unknown service 'b', did you mean 'a'?",
            "grace.yaml:6:20: store.sqlite: is there twice, first in line 6"),
        Examples.problems(text).stream().filter(p -> !p.contains("must be a text")).toList());
  }

  @Test
  void aHundredThousandProblemsAreCut() {
    String text =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "k" + i + ": 1\n")
            .collect(Collectors.joining("", "apiVersion: grace/v1\n", ""));

    var problems = Examples.problems(text);

    assertEquals(201, problems.size());
    assertEquals("grace.yaml: more than 200 problems; the rest is not shown", problems.getFirst());
  }

  @Test
  void controlCharactersNeverReachTheTerminal() {
    var problems = Examples.problems("apiVersion: grace/v1\n\"a\\e[31m\": 1\n");

    assertEquals(List.of("grace.yaml:2:1: ['a\uFFFD[31m']: unknown key"), problems);
  }

  private static List<String> said(YamlFile file) {
    return file.problems().found().stream().map(Problem::toString).toList();
  }

  private static List<String> said(Path file) {
    return ConfigLoader.load(file, Map.of()) instanceof Loaded.Invalid(List<Problem> problems)
        ? problems.stream().map(Problem::toString).toList()
        : List.of();
  }
}

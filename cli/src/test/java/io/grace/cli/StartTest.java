package io.grace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real process: what needs no server loads neither a JSON library nor an HTTP client.
class StartTest {
  private static final List<String> SLOW =
      List.of(
          "tools.jackson.databind.",
          "java.net.http.",
          "jdk.internal.net.http.",
          "org.bouncycastle.");

  @ParameterizedTest
  @ValueSource(strings = {"--help", "version", "approve --help", "log --help"})
  void helpLoadsNothingSlow(String command) throws IOException, InterruptedException {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xlog:class+load:stdout", "-XX:TieredStopAtLevel=1", "-Xmx128m", "-cp"));
    line.add(System.getProperty("java.class.path", "").replace('\n', File.pathSeparatorChar));
    line.add("io.grace.cli.Main");
    line.addAll(List.of(command.split(" ")));

    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), out);
    assertTrue(out.contains("io.grace.cli.Main"));
    assertEquals(List.of(), out.lines().filter(l -> SLOW.stream().anyMatch(l::contains)).toList());
  }
}

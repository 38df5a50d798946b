package io.grace.cli.client;

import io.grace.cli.host.Failure;
import io.grace.cli.host.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The secret that says who asks. It comes from the environment or a file, never from an argument,
/// where every process could read it. Does not show itself. *Immutable.*
public final class Token {
  private static final int LONGEST = 8_192;
  private static final Path USUAL = Path.of(".grace", "token");

  private final String secret;

  private Token(String secret) {
    this.secret = secret;
  }

  /// From `GRACE_TOKEN`, else the file `GRACE_TOKEN_FILE`, else `.grace/token` if there is one.
  public static Optional<Token> of(Host host) throws Failure {
    Optional<String> direct = host.setting("GRACE_TOKEN");
    if (direct.isPresent()) {
      return Optional.of(checked(direct.get(), "GRACE_TOKEN"));
    }
    Optional<String> named = host.setting("GRACE_TOKEN_FILE");
    if (named.isPresent()) {
      return Optional.of(read(Path.of(named.get())));
    }
    for (Path home : host.homes()) {
      Path usual = home.resolve(USUAL);
      if (Files.isRegularFile(usual)) {
        return Optional.of(read(usual));
      }
    }
    return Optional.empty();
  }

  private static Token read(Path file) throws Failure {
    try (var in = Files.newInputStream(file)) {
      String text = new String(in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8);
      return checked(text.strip(), file.toString());
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.NOT_AUTHORISED,
          "cannot read the token file " + file + ": " + e.getClass().getSimpleName(),
          "set GRACE_TOKEN_FILE to a file that you may read, or set GRACE_TOKEN");
    }
  }

  private static Token checked(String secret, String from) throws Failure {
    if (secret.isEmpty()
        || secret.length() > LONGEST
        || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new Failure(
          Failure.Kind.NOT_AUTHORISED,
          from + " holds no token: wanted one line of visible ASCII characters",
          "write the token that the server was given, and nothing else");
    }
    return new Token(secret);
  }

  String header() {
    return "Bearer " + secret;
  }

  @Override
  public String toString() {
    return "Token[hidden]";
  }
}

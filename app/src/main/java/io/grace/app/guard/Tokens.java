package io.grace.app.guard;

import io.grace.app.Backend.ApiToken;
import io.grace.core.event.Event;
import io.grace.core.model.Hash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Finds who holds a token. *Immutable.*
final class Tokens {
  /// Long enough for every scheme that people use; hashing more is a favour to attackers.
  static final int LONGEST = 512;

  private final List<ApiToken> tokens;

  Tokens(List<ApiToken> tokens) {
    this.tokens = List.copyOf(tokens);
    var names = new HashSet<String>();
    for (ApiToken token : tokens) {
      if (token.name().equals(Event.GRACE)) {
        throw new IllegalArgumentException(
            "a token cannot be called grace: that name stands for what no person did");
      }
      if (!names.add(token.name())) {
        throw new IllegalArgumentException("two tokens are called " + token.name());
      }
    }
  }

  /// Compares with every token in constant time, so that time tells nothing.
  Optional<ApiToken> holder(String presented) {
    if (presented.isEmpty() || presented.length() > LONGEST) {
      return Optional.empty();
    }
    byte[] digest = Hash.newSha256().digest(presented.getBytes(StandardCharsets.UTF_8));
    Optional<ApiToken> found = Optional.empty();
    for (ApiToken token : tokens) {
      if (MessageDigest.isEqual(token.sha256().bytes(), digest)) {
        found = Optional.of(token);
      }
    }
    return found;
  }
}

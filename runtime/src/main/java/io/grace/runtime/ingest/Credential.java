package io.grace.runtime.ingest;

import io.grace.core.model.Hash;
import io.grace.core.spi.Secrets;
import io.grace.runtime.config.SourceConfig.Auth;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Proves that a delivery comes from its source. *Thread-safe.*
///
/// The secret is read again now and then, so that a rotated one is picked up without a restart.
final class Credential {
  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final String BEARER = "Bearer ";
  private static final String SHA256 = "sha256=";

  /// A token or signature that is longer is none.
  private static final int LONGEST = 1_000;

  private record Known(Optional<Secrets.Secret> secret, Instant until) {}

  private final Auth auth;
  private final Secrets secrets;
  private volatile Known known = new Known(Optional.empty(), Instant.MIN);

  Credential(Auth auth, Secrets secrets) {
    this.auth = auth;
    this.secrets = secrets;
  }

  /// @param headers by name in lower case
  boolean proves(Map<String, String> headers, byte[] body, Instant now) {
    Optional<Secrets.Secret> secret = secret(now);
    return secret.isPresent()
        && switch (auth) {
          case Auth.Bearer _ -> isBearer(headers.getOrDefault("authorization", ""), secret.get());
          case Auth.Hmac hmac -> isSigned(hmac, headers, body, secret.get(), now);
        };
  }

  private Optional<Secrets.Secret> secret(Instant now) {
    Known last = known;
    if (now.isBefore(last.until())) {
      return last.secret();
    }
    var next = new Known(secrets.resolve(auth.secret()), now.plus(KEPT));
    known = next;
    return next.secret();
  }

  private static boolean isBearer(String header, Secrets.Secret secret) {
    if (header.length() > LONGEST || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return false;
    }
    return isSame(digest(header.substring(BEARER.length()).strip()), digest(secret.reveal()));
  }

  private static boolean isSigned(
      Auth.Hmac hmac,
      Map<String, String> headers,
      byte[] body,
      Secrets.Secret secret,
      Instant now) {
    String stamp = headers.getOrDefault(hmac.timestampHeader().toLowerCase(Locale.ROOT), "");
    String signature = headers.getOrDefault(hmac.signatureHeader().toLowerCase(Locale.ROOT), "");
    if (stamp.length() > 20 || signature.length() > LONGEST) {
      return false;
    }
    try {
      Duration apart = Duration.between(Instant.ofEpochSecond(Long.parseLong(stamp)), now).abs();
      byte[] found =
          HexFormat.of()
              .parseHex(
                  signature.startsWith(SHA256) ? signature.substring(SHA256.length()) : signature);
      return apart.compareTo(hmac.replayWindow()) <= 0
          && isSame(found, signature(stamp, body, secret));
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException _) {
      return false;
    }
  }

  private static byte[] signature(String stamp, byte[] body, Secrets.Secret secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((stamp + ".").getBytes(StandardCharsets.UTF_8));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  private static byte[] digest(String text) {
    return Hash.newSha256().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isSame(byte[] one, byte[] other) {
    return MessageDigest.isEqual(one, other);
  }
}

package io.grace.runtime.secrets;

import io.grace.core.spi.Secrets;
import java.util.regex.Pattern;

/// A text of the configuration in which `${env:NAME}` and `${file:/path}` stand for secrets, such
/// as `Bearer ${env:TOKEN}`. It holds the references only, so it may be shown. *Immutable.*
public record SecretText(String template) {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{((?:env|file):[^}]+)}");

  /// The text with every secret in its place. What a secret contains is not looked at again.
  ///
  /// @throws MissingSecret if one of them cannot be had
  public Secrets.Secret reveal(Secrets secrets) throws MissingSecret {
    var matcher = REFERENCE.matcher(template);
    var text = new StringBuilder();
    int copied = 0;
    while (matcher.find()) {
      var reference = matcher.group(1);
      var secret = secrets.resolve(reference).orElseThrow(() -> new MissingSecret(reference));
      text.append(template, copied, matcher.start()).append(secret.reveal());
      copied = matcher.end();
    }
    return new Secrets.Secret(text.append(template, copied, template.length()).toString());
  }

  /// A secret could not be had; names the reference and nothing else.
  public static final class MissingSecret extends Exception {
    MissingSecret(String reference) {
      super("the secret " + reference + " cannot be had; is it set, and may GRACE read it?");
    }
  }
}

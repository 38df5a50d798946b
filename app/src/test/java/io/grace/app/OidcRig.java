package io.grace.app;

import io.grace.core.spi.Journal;
import java.io.IOException;
import java.net.CookieManager;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A server with an identity provider.
final class OidcRig implements AutoCloseable {
  final FakeProvider provider;
  final Rig rig;

  /// @param more lines of the block `oidc`, each with two spaces in front
  OidcRig(Path directory, String more) throws IOException, Journal.Unavailable {
    int port = freePort();
    String base = "http://127.0.0.1:" + port;
    provider = new FakeProvider(base + "/sign-in/oidc/done", MemoryBackend.SECRET);
    String config;
    try (var in = OidcRig.class.getResourceAsStream("/grace.yaml")) {
      config = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    config = config.replace("playbook_tests: [tests]\n", "");
    Path file = directory.resolve("grace.yaml");
    Files.writeString(
        file,
        config
            + """

            oidc:
              issuer: "%s"
              client_id: grace
              client_secret: "env:OIDC_SECRET"
              scopes: [openid, profile, groups]
              roles: {sre: operator, "sre-leads": approver, everyone: viewer}
              redirect_base: "%s"
            """
                .formatted(provider.issuer, base)
            + more);
    rig = new Rig(new MemoryBackend(Map.of(), file), port);
  }

  /// The provider must know the port before there is a server.
  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// A browser that goes where it is sent, one step at a time.
  static final class Visitor implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    final CookieManager cookies = new CookieManager();
    private final HttpClient client =
        HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /// Sends a form with the token against forgery of the page that it is on.
    HttpResponse<String> post(URI page, URI form) throws IOException, InterruptedException {
      Matcher token = TOKEN.matcher(get(page).body());
      String body =
          token.find()
              ? "_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8)
              : "no=form";
      return client.send(
          HttpRequest.newBuilder(form)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build(),
          BodyHandlers.ofString());
    }

    String cookie(String name) {
      return cookies.getCookieStore().getCookies().stream()
          .filter(c -> c.getName().equals(name))
          .map(java.net.HttpCookie::getValue)
          .findFirst()
          .orElse("");
    }

    @Override
    public void close() {
      client.close();
    }
  }

  URI at(String path) {
    return URI.create("http://127.0.0.1:" + rig.port + path);
  }

  static URI to(HttpResponse<String> answer) {
    return URI.create(answer.headers().firstValue("Location").orElse("no Location"));
  }

  /// Up to the address that the provider sends the browser back to.
  URI returned(Visitor visitor) throws IOException, InterruptedException {
    return to(visitor.get(to(visitor.get(at("/sign-in/oidc?next=/fleet")))));
  }

  /// The whole way.
  HttpResponse<String> signIn(Visitor visitor) throws IOException, InterruptedException {
    return visitor.get(returned(visitor));
  }

  @Override
  public void close() {
    rig.close();
    provider.close();
  }
}

package io.grace.app;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grace.core.model.Hash;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// An OpenID Connect provider that is as strict as the specifications let it be: OpenID Connect
/// Core 1.0 section 3.1, Discovery 1.0, RFC 6749 section 4.1, RFC 7636, RFC 9207. What it objects
/// to it says in [#objections]; where it should be dishonest, tests tell it to be.
final class FakeProvider implements AutoCloseable {
  static final String CLIENT = "grace";

  final List<String> objections = new ArrayList<>();

  /// What is known of the person who has a session with the provider.
  final Map<String, Object> person = new LinkedHashMap<>();

  /// What the user info endpoint says besides.
  final Map<String, Object> info = new LinkedHashMap<>();

  /// The last changes to an ID token before it is signed.
  Consumer<JWTClaimsSet.Builder> twist = _ -> {};

  /// Whose name the metadata and the tokens carry.
  String calledItself;

  /// What the person does with the question whether to go on.
  boolean isRefusing;

  /// What signs, `none` for nothing, `secret` for the client's secret.
  String signs = "key";

  final String issuer;
  private final HttpServer server;
  private final String redirectUri;
  private final String secret;
  private final Map<String, Grant> grants = new ConcurrentHashMap<>();
  private final Map<String, String> access = new ConcurrentHashMap<>();
  private JWK key;
  private List<JWK> published;

  /// What a code stands for, once.
  private record Grant(String challenge, String nonce) {}

  FakeProvider(String redirectUri, String secret) throws IOException {
    this.redirectUri = redirectUri;
    this.secret = secret;
    this.key = rsa("first");
    this.published = List.of(key);
    // By its name, so that a browser takes it for another site than 127.0.0.1.
    server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    issuer = "http://localhost:" + server.getAddress().getPort();
    calledItself = issuer;
    on("/.well-known/openid-configuration", this::metadata);
    on("/authorize", this::authorize);
    on("/token", this::token);
    on("/userinfo", this::userInfo);
    on("/keys", exchange -> json(exchange, 200, keys()));
    server.start();
    person.put("sub", "1234");
    person.put("preferred_username", "ann");
    person.put("groups", List.of("staff", "sre"));
  }

  static JWK rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).algorithm(JWSAlgorithm.RS256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static JWK ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).algorithm(JWSAlgorithm.ES256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Signs with another key from now on.
  ///
  /// @param isPublished whether it can be looked up
  void rotate(JWK next, boolean isPublished) {
    key = next;
    if (isPublished) {
      published = List.of(next);
    }
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void on(String path, Handler handler) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (exchange.getRequestURI().getPath().equals(path)) {
              handler.handle(exchange);
            } else {
              exchange.sendResponseHeaders(404, -1);
            }
          }
        });
  }

  private void metadata(HttpExchange exchange) throws IOException {
    json(
        exchange,
        200,
        Map.of(
            "issuer",
            calledItself,
            "authorization_endpoint",
            issuer + "/authorize",
            "token_endpoint",
            issuer + "/token",
            "userinfo_endpoint",
            issuer + "/userinfo",
            "jwks_uri",
            issuer + "/keys",
            "response_types_supported",
            List.of("code"),
            "subject_types_supported",
            List.of("public"),
            "id_token_signing_alg_values_supported",
            List.of("RS256", "ES256"),
            "code_challenge_methods_supported",
            List.of("S256"),
            "authorization_response_iss_parameter_supported",
            true));
  }

  private Map<String, Object> keys() {
    return new JWKSet(published).toPublicJWKSet().toJSONObject();
  }

  private void authorize(HttpExchange exchange) throws IOException {
    Map<String, String> query = fields(exchange.getRequestURI().getRawQuery());
    String state = query.getOrDefault("state", "");
    if (is(query, "client_id", CLIENT)
        && is(query, "redirect_uri", redirectUri)
        && is(query, "response_type", "code")
        && is(query, "code_challenge_method", "S256")
        && holds("code_challenge", query.getOrDefault("code_challenge", "").length() == 43)
        && holds("scope", List.of(query.getOrDefault("scope", "").split(" ")).contains("openid"))
        && holds("nonce", query.getOrDefault("nonce", "").length() >= 22)
        && holds("state", state.length() >= 22)
        && holds("secret", !exchange.getRequestURI().toString().contains(secret))) {
      String answer = "error=access_denied";
      if (!isRefusing) {
        String code = UUID.randomUUID().toString();
        grants.put(
            code,
            new Grant(query.getOrDefault("code_challenge", ""), query.getOrDefault("nonce", "")));
        answer = "code=" + code;
      }
      exchange
          .getResponseHeaders()
          .add(
              "Location",
              redirectUri
                  + "?"
                  + answer
                  + "&state="
                  + state
                  + "&iss="
                  + URLEncoder.encode(calledItself, StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(302, -1);
    } else {
      exchange.sendResponseHeaders(400, -1);
    }
  }

  private void token(HttpExchange exchange) throws IOException {
    Map<String, String> form =
        fields(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString((CLIENT + ":" + secret).getBytes(StandardCharsets.UTF_8));
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (!holds("method", exchange.getRequestMethod().equals("POST"))
        || !holds("content type", type.startsWith("application/x-www-form-urlencoded"))
        || !holds("client", basic.equals(exchange.getRequestHeaders().getFirst("Authorization")))) {
      json(exchange, 401, Map.of("error", "invalid_client"));
      return;
    }
    // A code is gone by its first use, also by a wrong one.
    Grant grant = grants.remove(form.getOrDefault("code", ""));
    if (!holds("code", grant != null)
        || grant == null
        || !is(form, "grant_type", "authorization_code")
        || !is(form, "redirect_uri", redirectUri)
        || !holds(
            "code_verifier",
            grant.challenge().equals(sha256(form.getOrDefault("code_verifier", ""))))) {
      json(exchange, 400, Map.of("error", "invalid_grant"));
      return;
    }
    String token = UUID.randomUUID().toString();
    access.put(token, String.valueOf(person.get("sub")));
    exchange.getResponseHeaders().add("Cache-Control", "no-store");
    json(
        exchange,
        200,
        Map.of(
            "access_token",
            token,
            "token_type",
            "Bearer",
            "expires_in",
            300,
            "id_token",
            idToken(grant.nonce())));
  }

  private void userInfo(HttpExchange exchange) throws IOException {
    String bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String sub = access.get(bearer.replaceFirst("^Bearer ", ""));
    if (sub == null) {
      exchange.sendResponseHeaders(401, -1);
      return;
    }
    var all = new LinkedHashMap<String, Object>(Map.of("sub", sub));
    all.putAll(info);
    json(exchange, 200, all);
  }

  private String idToken(String nonce) {
    Instant now = Instant.now();
    var claims = new JWTClaimsSet.Builder();
    person.forEach(claims::claim);
    claims
        .issuer(calledItself)
        .audience(CLIENT)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))))
        .claim("nonce", nonce);
    twist.accept(claims);
    try {
      return switch (signs) {
        case "none" -> new PlainJWT(claims.build()).serialize();
        case "secret" -> signed(JWSAlgorithm.HS256, new MACSigner(padded()), claims.build());
        default ->
            signed(
                JWSAlgorithm.parse(key.getAlgorithm().getName()),
                key.getKeyType().getValue().equals("EC")
                    ? new ECDSASigner(key.toECKey())
                    : new RSASSASigner(key.toRSAKey()),
                claims.build());
      };
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] padded() {
    return (secret + "0".repeat(32)).getBytes(StandardCharsets.UTF_8);
  }

  private String signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    var token =
        new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private boolean is(Map<String, String> fields, String name, String wanted) {
    return holds(name + " is " + fields.get(name), wanted.equals(fields.get(name)));
  }

  private boolean holds(String what, boolean isGood) {
    if (!isGood) {
      objections.add(what);
    }
    return isGood;
  }

  private static String sha256(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Hash.newSha256().digest(text.getBytes(StandardCharsets.US_ASCII)));
  }

  /// A parameter that is there twice is an error by RFC 6749 section 3.1.
  private Map<String, String> fields(@Nullable String text) {
    var fields = new HashMap<String, String>();
    for (String part : String.valueOf(text).split("&")) {
      String[] pair = part.split("=", 2);
      String value = pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
      holds(pair[0] + " once", fields.put(pair[0], value) == null);
    }
    return fields;
  }

  private static void json(HttpExchange exchange, int status, Map<String, ?> body)
      throws IOException {
    byte[] bytes = JsonMapper.shared().writeValueAsBytes(body);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  URI at(String path) {
    return URI.create(issuer + path);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package io.grace.app.console;

import io.grace.core.model.Hash;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The scripts and styles of the console: a fixed list, compressed once, cached by their content
/// for good. *Immutable.*
@Controller
public final class Assets {
  private static final String OWN = "/console/";

  private record Asset(String type, byte[] plain, byte[] zipped, String version) {}

  private final Map<String, Asset> assets = new HashMap<>();

  Assets() {
    for (String name :
        new String[] {"grace.css", "grace.js", "theme.js", "plots.js", "map.js", "icon.svg"}) {
      assets.put(name, read(name, OWN + name));
    }
    var jars = new Properties();
    try (InputStream in = open(OWN + "webjars.properties")) {
      jars.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    jars.stringPropertyNames().forEach(n -> assets.put(n, read(n, jars.getProperty(n))));
  }

  /// Where a page finds it.
  public String path(String name) {
    Asset asset = assets.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("no asset " + name);
    }
    return "/assets/" + asset.version() + "/" + name;
  }

  @GetMapping("/assets/{version}/{name}")
  public ResponseEntity<byte[]> asset(
      @PathVariable String version, @PathVariable String name, HttpServletRequest request) {
    Asset asset = assets.get(name);
    if (asset == null || !asset.version().equals(version)) {
      return ResponseEntity.notFound().build();
    }
    String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean isZipped = accepted != null && accepted.contains("gzip");
    var answer =
        ResponseEntity.ok()
            .header(HttpHeaders.CONTENT_TYPE, asset.type())
            .header(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    if (isZipped) {
      answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
    }
    return answer.body(isZipped ? asset.zipped() : asset.plain());
  }

  private static Asset read(String name, String resource) {
    try (InputStream in = open(resource)) {
      byte[] plain = in.readAllBytes();
      var zipped = new ByteArrayOutputStream();
      try (var out = new GZIPOutputStream(zipped)) {
        out.write(plain);
      }
      return new Asset(
          type(name),
          plain,
          zipped.toByteArray(),
          Hash.sha256(new String(plain, StandardCharsets.ISO_8859_1)).value().substring(0, 12));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.'))) {
      case ".css" -> "text/css;charset=utf-8";
      case ".js" -> "text/javascript;charset=utf-8";
      case ".svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("what is " + name + "?");
    };
  }

  private static InputStream open(String resource) {
    InputStream in = Assets.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException("the build lacks " + resource);
    }
    return in;
  }
}

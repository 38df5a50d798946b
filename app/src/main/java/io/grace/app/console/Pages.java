package io.grace.app.console;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.grace.app.Backend;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.Role;
import io.grace.app.console.Frame.Form;
import io.grace.app.console.Frame.Person;
import io.grace.app.console.Frame.Strip;
import io.grace.app.guard.ConsoleDenials;
import io.grace.app.guard.People;
import io.grace.app.guard.Problem;
import io.grace.app.web.IncidentsApi;
import io.grace.app.web.MetaApi;
import io.grace.app.web.RunsApi;
import io.grace.app.web.SystemApi;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;

/// Draws pages from their templates. *Thread-safe.*
final class Pages implements ConsoleDenials.Page {
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  /// More rows than that nobody reads at a glance.
  private static final int MOST = 50;

  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Backend backend;
  private final SystemApi system;
  private final MetaApi meta;
  private final RunsApi runs;
  private final IncidentsApi incidents;
  private final Assets assets;
  private final InstantSource clock;

  Pages(
      Backend backend,
      SystemApi system,
      MetaApi meta,
      RunsApi runs,
      IncidentsApi incidents,
      Assets assets,
      InstantSource clock) {
    this.backend = backend;
    this.system = system;
    this.meta = meta;
    this.runs = runs;
    this.incidents = incidents;
    this.assets = assets;
    this.clock = clock;
  }

  Assets assets() {
    return assets;
  }

  Strip strip() {
    var health = Objects.requireNonNull(system.health().getBody());
    return new Strip(
        health.status(),
        system.status(),
        meta.focus(),
        runs.approvals().items().size(),
        clock.instant());
  }

  /// What the page `Now` shows below the strip.
  Map<String, Object> now(Strip strip) throws StoreUnavailable {
    return Map.of(
        "strip",
        strip,
        "incidents",
        incidents.incidents("open", MOST, null).items(),
        "runs",
        runs.runs("open", null, MOST, null).items(),
        "loop",
        Objects.requireNonNull(system.health().getBody()).loop(),
        "now",
        strip.drawn().truncatedTo(ChronoUnit.MINUTES));
  }

  /// @param model what the template is given besides the frame
  ResponseEntity<String> page(
      HttpServletRequest request,
      String template,
      String title,
      String section,
      Map<String, ?> model) {
    return ResponseEntity.ok()
        .contentType(HTML)
        .body(drawn(request, template, title, section, model));
  }

  private String drawn(
      HttpServletRequest request,
      String template,
      String title,
      String section,
      Map<String, ?> model) {
    var all = new HashMap<String, Object>(model);
    all.put("frame", new Frame(title, section, person(), form(request), strip(), assets));
    return draw(template, all);
  }

  String draw(String template, Map<String, Object> model) {
    var out = new StringOutput(16_384);
    templates.render(template + ".jte", model, out);
    return out.toString();
  }

  private static Person person() {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null) {
      throw new IllegalStateException("a page of the console for nobody");
    }
    return new Person(who.getName(), People.role(who).orElse(Role.VIEWER));
  }

  static Form form(HttpServletRequest request) {
    var token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
    return token == null
        ? new Form("_csrf", "")
        : new Form(token.getParameterName(), token.getToken());
  }

  ResponseEntity<String> html(int status, String body) {
    return ResponseEntity.status(status).contentType(HTML).body(body);
  }

  /// A problem, within the frame if somebody signed in.
  String problem(Problem problem, HttpServletRequest request) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    if (who == null || who instanceof AnonymousAuthenticationToken) {
      return draw("stranger", Map.of("problem", problem, "assets", assets));
    }
    return drawn(request, "problem", problem.title(), "", Map.of("problem", problem));
  }

  @Override
  public void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = problem(problem, request).getBytes(StandardCharsets.UTF_8);
    response.setStatus(problem.status());
    response.setContentType(HTML.toString());
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  Backend backend() {
    return backend;
  }
}

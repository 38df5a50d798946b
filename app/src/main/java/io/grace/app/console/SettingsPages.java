package io.grace.app.console;

import io.grace.app.web.MemoryApi;
import io.grace.runtime.config.Explanation;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/// What GRACE is set to, who may what, and what it is made of.
@Controller
public final class SettingsPages {
  private final Pages pages;
  private final InstantSource clock;

  SettingsPages(Pages pages, InstantSource clock) {
    this.pages = pages;
    this.clock = clock;
  }

  @GetMapping("/settings")
  public ResponseEntity<String> settings(HttpServletRequest request) {
    return pages.page(
        request,
        "settings",
        "Settings",
        "settings",
        Map.of("is", explanation(), "features", new TreeMap<>(pages.backend().features())));
  }

  @GetMapping("/people")
  public ResponseEntity<String> people(HttpServletRequest request) {
    return pages.page(request, "people", "People", "people", Map.of("is", explanation()));
  }

  @GetMapping("/domains")
  public ResponseEntity<String> domains(HttpServletRequest request) {
    var health = new TreeMap<String, String>();
    pages
        .backend()
        .snapshot()
        .health()
        .forEach((service, is) ->
            health.put(service.value(), is.health().status().name().toLowerCase(Locale.ROOT)));
    return pages.page(
        request, "domains", "Domains", "domains", Map.of("is", explanation(), "health", health));
  }

  @GetMapping("/memory")
  public ResponseEntity<String> memory(HttpServletRequest request) {
    var is = pages.backend().memories().map(m -> MemoryApi.patterns(m, clock.instant()));
    return pages.page(request, "memory", "Memory", "memory", Map.of("is", is));
  }

  private Explanation explanation() {
    return pages.backend().explanation();
  }
}

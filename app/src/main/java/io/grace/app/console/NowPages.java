package io.grace.app.console;

import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.web.Refusal;
import io.grace.app.web.SystemApi;
import io.grace.app.web.SystemApi.ReasonBody;
import io.grace.core.model.ServiceId;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.HashMap;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// What matters now, the kill switch, and the way to everything by its name.
@Controller
public final class NowPages {
  private final Pages pages;
  private final SystemApi system;

  NowPages(Pages pages, SystemApi system) {
    this.pages = pages;
    this.system = system;
  }

  @GetMapping("/")
  public ResponseEntity<String> now(HttpServletRequest request) throws StoreUnavailable {
    return pages.page(request, "now", "Now", "now", new HashMap<>(pages.now(pages.strip())));
  }

  @PostMapping("/pause")
  public ResponseEntity<String> pause(@RequestParam String reason, Principal person) {
    system.pause(new ReasonBody(reason), person);
    return SignIn.see("/");
  }

  @PostMapping("/resume")
  public ResponseEntity<String> resume(@RequestParam String reason, Principal person) {
    system.resume(new ReasonBody(reason), person);
    return SignIn.see("/");
  }

  /// Leads to an incident, a run, an entry or a service by its name.
  @GetMapping("/find")
  public ResponseEntity<String> find(@RequestParam String q) {
    String name = q.strip();
    if (name.matches("i-[0-9]{1,18}")) {
      return SignIn.see("/incidents/" + name);
    }
    if (name.matches("r-[0-9]{1,18}")) {
      return SignIn.see("/runs/" + name);
    }
    if (name.matches("[0-9]{1,18}")) {
      return SignIn.see("/journal/" + name);
    }
    try {
      var service = new ServiceId(name);
      if (pages.backend().policy().services().containsKey(service)
          || pages.backend().snapshot().health().containsKey(service)) {
        return SignIn.see("/fleet/" + service.value());
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw Refusal.notFound(
        "nothing is called so; give a service, an incident such as i-000001, a run such as"
            + " r-000001, or the number of an entry");
  }
}

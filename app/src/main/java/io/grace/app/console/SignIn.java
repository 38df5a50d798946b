package io.grace.app.console;

import io.grace.app.guard.TokenDoor;
import io.grace.app.guard.TokenDoor.Answer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// In with a token, and out again.
@Controller
public final class SignIn {
  private final TokenDoor door;
  private final Pages pages;
  private final HttpSessionSecurityContextRepository sessions =
      new HttpSessionSecurityContextRepository();

  SignIn(TokenDoor door, Pages pages) {
    this.door = door;
    this.pages = pages;
  }

  @GetMapping("/sign-in")
  public ResponseEntity<String> form(
      @RequestParam @Nullable String next, HttpServletRequest request) {
    return pages.html(200, drawn(next, "", request));
  }

  @PostMapping("/sign-in")
  public ResponseEntity<String> signIn(
      @RequestParam String token,
      @RequestParam @Nullable String next,
      HttpServletRequest request,
      HttpServletResponse response) {
    return switch (door.open(token.strip(), request.getRemoteAddr())) {
      case Answer.Welcome(Authentication person) -> {
        HttpSession old = request.getSession(false);
        if (old != null) {
          old.invalidate(); // A session that somebody else may know is never signed in.
        }
        sessions.saveContext(new SecurityContextImpl(person), request, response);
        yield see(own(next));
      }
      case Answer.Wrong() -> pages.html(401, drawn(next, "This token is not known here.", request));
      case Answer.TooOften(Duration wait) ->
          pages.html(
              429,
              drawn(
                  next, "Too many wrong tokens. Wait " + (wait.toSeconds() + 1) + " s.", request));
    };
  }

  @PostMapping("/sign-out")
  public ResponseEntity<String> signOut(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    return see("/sign-in");
  }

  static ResponseEntity<String> see(String path) {
    return ResponseEntity.status(303).location(URI.create(path)).build();
  }

  private String drawn(@Nullable String next, String wrong, HttpServletRequest request) {
    return pages.draw(
        "sign-in",
        Map.of(
            "next",
            own(next),
            "wrong",
            wrong,
            "form",
            Pages.form(request),
            "assets",
            pages.assets()));
  }

  /// Only a path of the console itself: nobody is sent elsewhere by a link.
  private static String own(@Nullable String next) {
    return next != null && next.matches("/(?![/\\\\])[\\w./?&=%+:~-]*") ? next : "/";
  }
}

package io.grace.app.console;

import io.grace.app.guard.ProviderDoor;
import io.grace.app.guard.ProviderDoor.Returned;
import io.grace.app.guard.ProviderDoor.Start;
import io.grace.app.guard.TokenDoor;
import io.grace.app.guard.TokenDoor.Answer;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// In with a token or through an identity provider, and out again.
@Controller
public final class SignIn {
  /// Longer paths than the console has.
  private static final int LONGEST_NEXT = 1500;

  private static final Duration TICKET_LIVES = Duration.ofMinutes(10);

  private final TokenDoor door;
  private final Optional<ProviderDoor> provider;
  private final Pages pages;
  private final HttpSessionSecurityContextRepository sessions =
      new HttpSessionSecurityContextRepository();

  SignIn(TokenDoor door, Optional<ProviderDoor> provider, Pages pages) {
    this.door = door;
    this.provider = provider;
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
        begin(person, request, response);
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

  /// A link, not a form: nothing is changed by it, and so `form-action` need not name the provider.
  @GetMapping("/sign-in/oidc")
  public ResponseEntity<String> leave(
      @RequestParam @Nullable String next, HttpServletRequest request) {
    if (provider.isEmpty()) {
      return pages.html(404, drawn(next, "No identity provider is configured.", request));
    }
    return switch (provider.get().start(own(next))) {
      case Start.Sent(URI to, String ticket) ->
          ResponseEntity.status(303)
              .location(to)
              .header(HttpHeaders.SET_COOKIE, cookie(provider.get(), ticket, TICKET_LIVES))
              .build();
      case Start.Unreachable(String why) ->
          pages.html(503, drawn(next, sentence(why) + " A token still works.", request));
    };
  }

  /// Where the provider sends people back to. The answer is a page and no redirect: only what a
  /// page of the console itself asks for next carries the session, whose cookie is `Strict`.
  @GetMapping("/sign-in/oidc/done")
  public ResponseEntity<String> comeBack(
      @RequestParam(defaultValue = "") String code,
      @RequestParam(defaultValue = "") String state,
      @RequestParam(defaultValue = "") String iss,
      @RequestParam(defaultValue = "") String error,
      HttpServletRequest request,
      HttpServletResponse response) {
    if (provider.isEmpty()) {
      return pages.html(404, drawn("/", "No identity provider is configured.", request));
    }
    ProviderDoor way = provider.get();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie(way, "", Duration.ZERO));
    var returned = new Returned(code, state, iss, error);
    return switch (way.finish(returned, ticket(way, request), request.getRemoteAddr())) {
      case ProviderDoor.Answer.Welcome(Authentication person, String next) -> {
        begin(person, request, response);
        yield pages.html(
            200, pages.draw("signed-in", Map.of("next", own(next), "assets", pages.assets())));
      }
      case ProviderDoor.Answer.Refused(int status, String why, List<String> claims) ->
          pages.html(
              status,
              pages.draw(
                  "refused",
                  Map.of("why", sentence(why), "claims", claims, "assets", pages.assets())));
      case ProviderDoor.Answer.TooOften(Duration wait) ->
          pages.html(
              429,
              drawn(
                  "/",
                  "Too many failed sign-ins. Wait " + (wait.toSeconds() + 1) + " s.",
                  request));
    };
  }

  private void begin(
      Authentication person, HttpServletRequest request, HttpServletResponse response) {
    HttpSession old = request.getSession(false);
    if (old != null) {
      old.invalidate(); // A session that somebody else may know is never signed in.
    }
    sessions.saveContext(new SecurityContextImpl(person), request, response);
  }

  /// `Lax`, for it must come back from the provider's site. `__Host-` keeps other hosts of the
  /// domain from planting one.
  private static String cookie(ProviderDoor way, String ticket, Duration age) {
    return ResponseCookie.from(cookieName(way), ticket)
        .httpOnly(true)
        .sameSite("Lax")
        .secure(way.isSecure())
        .path("/")
        .maxAge(age)
        .build()
        .toString();
  }

  private static String cookieName(ProviderDoor way) {
    return way.isSecure() ? "__Host-GRACE_OIDC" : "GRACE_OIDC";
  }

  private static String ticket(ProviderDoor way, HttpServletRequest request) {
    return Stream.of(Objects.requireNonNullElse(request.getCookies(), new Cookie[0]))
        .filter(c -> c.getName().equals(cookieName(way)))
        .map(Cookie::getValue)
        .findFirst()
        .orElse("");
  }

  private static String sentence(String why) {
    return Character.toUpperCase(why.charAt(0)) + why.substring(1) + ".";
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
            "hasProvider",
            provider.isPresent(),
            "assets",
            pages.assets()));
  }

  /// Only a path of the console itself: nobody is sent elsewhere by a link.
  private static String own(@Nullable String next) {
    return next != null
            && next.length() <= LONGEST_NEXT
            && next.matches("/(?![/\\\\])[\\w./?&=%+:~-]*")
        ? next
        : "/";
  }
}

package io.grace.app.console;

import io.grace.app.Role;
import io.grace.app.web.MetaApi.FocusView;
import io.grace.app.web.SystemApi.StatusView;
import java.time.Instant;

/// What every page shows around its own content. *Immutable.*
///
/// @param section the entry of the menu that is lit, such as `now`
/// @param form what every form sends along against forgery
public record Frame(
    String title, String section, Person person, Form form, Strip strip, Assets assets) {
  public record Person(String name, Role role) {
    public boolean may(Role needed) {
      return role.compareTo(needed) >= 0;
    }

    public boolean operates() {
      return may(Role.OPERATOR);
    }

    public boolean approves() {
      return may(Role.APPROVER);
    }
  }

  public record Form(String name, String value) {}

  /// The state of the whole, on top of every page.
  ///
  /// @param health `up`, `degraded` or `down`
  /// @param drawn when this was true
  public record Strip(
      String health, StatusView status, FocusView focus, int waiting, Instant drawn) {}

  public String asset(String name) {
    return assets.path(name);
  }
}

package io.grace.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What a valid configuration means, for people and for programs. *Immutable.*
///
/// @param calendar when changes are welcome, and when next
/// @param warnings valid but probably not meant
public record Explanation(
    String mode,
    String policy,
    List<Domain> domains,
    List<Service> services,
    List<Playbook> playbooks,
    List<Action> actions,
    Calendar calendar,
    List<Token> tokens,
    Optional<Provider> provider,
    List<String> warnings) {
  /// @param nodes services that the domain brings
  public record Domain(String name, List<String> nodes) {}

  public record Service(String name, String mode, List<String> dependsOn, List<String> playbooks) {}

  /// @param never why it can be planned for no service
  /// @param proof what is certain of it
  public record Playbook(
      String id,
      int version,
      String impact,
      List<String> treats,
      Optional<String> never,
      Proof proof) {}

  public record Action(String name, String provider, String impact, List<String> services) {}

  public record Calendar(
      List<String> windows, List<String> freezes, boolean open, Optional<String> nextOpening) {}

  public record Token(String name, String role) {}

  /// The identity provider that people may sign in through.
  ///
  /// @param claim where the groups are that give roles
  public record Provider(String issuer, String claim, List<Group> groups) {}

  public record Group(String name, String role) {}

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public String json() {
    return JSON.writeValueAsString(this);
  }

  /// At most 80 columns each.
  public List<String> lines() {
    var lines = new ArrayList<String>();
    Wrapped.add(lines, "mode", mode);
    Wrapped.add(lines, "policy", policy.substring(0, 12));
    if (!domains.isEmpty()) {
      Wrapped.heading(lines, "domains", domains.size());
      domains.forEach(d -> Wrapped.add(lines, "  " + d.name(), String.join(", ", d.nodes())));
    }
    Wrapped.heading(lines, "services", services.size());
    for (Service s : services) {
      String after = s.dependsOn().isEmpty() ? "" : ", calls " + String.join(", ", s.dependsOn());
      Wrapped.add(lines, "  " + s.name(), s.mode() + after);
      Wrapped.add(
          lines, "", s.playbooks().isEmpty() ? "no playbook" : String.join(", ", s.playbooks()));
    }
    Wrapped.heading(lines, "playbooks", playbooks.size());
    for (Playbook p : playbooks) {
      Wrapped.add(
          lines,
          "  " + p.id(),
          "v"
              + p.version()
              + ", impact "
              + p.impact()
              + ", treats "
              + String.join(", ", p.treats()));
      p.never()
          .ifPresentOrElse(
              why -> Wrapped.add(lines, "", "never planned: " + why),
              () -> p.proof().lines().forEach(line -> Wrapped.add(lines, "", line)));
    }
    Wrapped.heading(lines, "actions", actions.size());
    for (Action a : actions) {
      Wrapped.add(
          lines,
          "  " + a.name(),
          "by "
              + a.provider()
              + ", impact "
              + a.impact()
              + ", on "
              + String.join(", ", a.services()));
    }
    Wrapped.add(lines, "windows", String.join("; ", calendar.windows()));
    Wrapped.add(lines, "freezes", String.join("; ", calendar.freezes()));
    Wrapped.add(
        lines,
        "changes",
        calendar.open()
            ? "are welcome now"
            : calendar
                .nextOpening()
                .map(at -> "are welcome from " + at)
                .orElse("are not welcome within a year"));
    Wrapped.heading(lines, "tokens", tokens.size());
    tokens.forEach(t -> Wrapped.add(lines, "  " + t.name(), t.role()));
    provider.ifPresent(p -> {
      Wrapped.add(lines, "sign-in", "also through " + p.issuer());
      p.groups().forEach(g -> Wrapped.add(lines, "  " + g.name(), g.role()));
    });
    Wrapped.heading(lines, "warnings", warnings.size());
    warnings.forEach(w -> Wrapped.paragraph(lines, "  ! ", w));
    return List.copyOf(lines);
  }
}

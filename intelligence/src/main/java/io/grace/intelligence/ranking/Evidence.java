package io.grace.intelligence.ranking;

/// What was seen of a playbook for one service and diagnosis, since it is remembered. *Immutable.*
///
/// @param missing decisions whose outcome never came
/// @param sinceHarm successes after the newest harm; all if there was none
public record Evidence(int succeeded, int failed, int harmed, int missing, int sinceHarm) {
  static final Evidence NONE = new Evidence(0, 0, 0, 0, 0);

  public Evidence {
    if (succeeded < 0 || failed < 0 || harmed < 0 || missing < 0 || sinceHarm < 0) {
      throw new IllegalArgumentException("counts must be 0 or more");
    }
  }

  /// Outcomes that are known.
  public int known() {
    return succeeded + failed + harmed;
  }

  Evidence with(Outcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> new Evidence(succeeded + 1, failed, harmed, missing, sinceHarm + 1);
      case FAILED -> new Evidence(succeeded, failed + 1, harmed, missing, sinceHarm);
      case HARMED -> new Evidence(succeeded, failed, harmed + 1, missing, 0);
      case MISSING -> new Evidence(succeeded, failed, harmed, missing + 1, sinceHarm);
    };
  }
}

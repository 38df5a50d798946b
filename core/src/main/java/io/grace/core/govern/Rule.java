package io.grace.core.govern;

import io.grace.core.govern.Ask.Moment;
import io.grace.core.model.Receipt.Ruling;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// One rule of the gate: when it is asked and what it says.
///
/// @param isAboutPlaybook whether another playbook might fare better under it
record Rule(String name, Set<Moment> moments, boolean isAboutPlaybook, Judge judge) {
  interface Judge {
    Opinion judge(Ask ask);
  }

  /// @param until for a deferral, when it may be different
  record Opinion(Ruling ruling, String why, Optional<Instant> until) {
    static Opinion passed(String why) {
      return new Opinion(Ruling.PASSED, why, Optional.empty());
    }

    static Opinion asks(String why) {
      return new Opinion(Ruling.ASKS, why, Optional.empty());
    }

    static Opinion denied(String why) {
      return new Opinion(Ruling.DENIED, why, Optional.empty());
    }

    static Opinion deferred(String why, Optional<Instant> until) {
      return new Opinion(Ruling.DEFERRED, why, until);
    }

    static Opinion require(boolean holds, String passed, String denied) {
      return holds ? passed(passed) : denied(denied);
    }
  }
}

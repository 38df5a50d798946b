package io.grace.app.web;

import io.grace.core.loop.Command;
import io.grace.core.model.Argument;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetricId;
import io.grace.core.model.MotionId;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns what came in into values, or refuses it by name.
public final class Inputs {
  public static final int MOST_ITEMS = 500;
  static final int USUAL_ITEMS = 100;

  private Inputs() {}

  public static RunId run(@Nullable String value) {
    return required("run", value, RunId::new);
  }

  public static MotionId motion(@Nullable String value) {
    return required("motion", value, MotionId::new);
  }

  public static IncidentId incident(@Nullable String value) {
    return required("incident", value, IncidentId::new);
  }

  public static ServiceId service(@Nullable String value) {
    return required("service", value, ServiceId::new);
  }

  public static Optional<ServiceId> anyService(@Nullable String value) {
    return optional("service", value, ServiceId::new);
  }

  public static PlaybookId playbook(@Nullable String value) {
    return required("playbook", value, PlaybookId::new);
  }

  public static Optional<PlaybookId> anyPlaybook(@Nullable String value) {
    return optional("playbook", value, PlaybookId::new);
  }

  public static MetricId metric(@Nullable String value) {
    return required("metric", value, MetricId::new);
  }

  public static Hash hash(@Nullable String value) {
    return required("hash", value, Hash::new);
  }

  public static <T> Optional<T> optional(
      String name, @Nullable String value, Function<String, T> make) {
    return value == null ? Optional.empty() : Optional.of(required(name, value, make));
  }

  private static <T> T required(String name, @Nullable String value, Function<String, T> make) {
    if (value == null) {
      throw Refusal.invalid(name + " is missing");
    }
    try {
      return make.apply(value);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }

  /// A value as it stands in JSON.
  public static Argument argument(Object value) {
    try {
      return switch (value) {
        case String text -> new Argument.Text(text);
        case Boolean flag -> new Argument.Flag(flag);
        case Integer whole -> new Argument.Whole(whole);
        case Long whole -> new Argument.Whole(whole);
        case Double decimal -> new Argument.Decimal(decimal);
        default -> throw Refusal.invalid("answer must be a text, a number, true or false");
      };
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }

  public static int limit(@Nullable Integer limit) {
    if (limit == null) {
      return USUAL_ITEMS;
    }
    if (limit < 1 || limit > MOST_ITEMS) {
      throw Refusal.invalid("limit must be 1–" + MOST_ITEMS + ": " + limit);
    }
    return limit;
  }

  /// Why a person does something; it stays in the journal for ever.
  public static String reason(@Nullable String reason) {
    if (reason == null || reason.isBlank()) {
      throw Refusal.invalid("reason is missing: say why, it is kept in the journal");
    }
    if (reason.length() > Command.LONGEST_REASON) {
      throw Refusal.invalid(
          "reason has at most " + Command.LONGEST_REASON + " characters: " + reason.length());
    }
    if (reason.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      throw Refusal.invalid("reason must not have control characters");
    }
    return reason.strip();
  }

  /// One of a few words; `usual` if it is missing.
  public static String word(String name, @Nullable String value, String usual, String... others) {
    if (value == null || value.equals(usual)) {
      return usual;
    }
    for (String other : others) {
      if (value.equals(other)) {
        return other;
      }
    }
    throw Refusal.invalid(name + " must be one of " + usual + ", " + String.join(", ", others));
  }

  /// The index in a cursor of the journal.
  public static long index(@Nullable String after) {
    if (after == null) {
      return 0;
    }
    try {
      long index = Long.parseLong(after);
      if (index >= 0) {
        return index;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw Refusal.invalid("after must be the index of an entry, 0 or more");
  }
}

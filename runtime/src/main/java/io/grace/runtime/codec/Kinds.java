package io.grace.runtime.codec;

import io.grace.core.event.Event;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The name of each event in the journal: `RunProposed` is `run.proposed`. A name never changes
/// once it was released.
final class Kinds {
  private static final Map<Class<?>, String> NAMES = new HashMap<>();
  private static final Map<String, Class<? extends Event>> CLASSES = new HashMap<>();

  static {
    register(Event.class);
  }

  private Kinds() {}

  private static void register(Class<?> type) {
    if (type.isSealed()) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        register(permitted);
      }
    } else {
      String name = name(type.getSimpleName());
      NAMES.put(type, name);
      if (CLASSES.put(name, type.asSubclass(Event.class)) != null) {
        throw new IllegalStateException("two events are called " + name);
      }
    }
  }

  private static String name(String simple) {
    return simple.replaceAll("(?<=.)([A-Z])", ".$1").toLowerCase(Locale.ROOT);
  }

  static String of(Event event) {
    var name = NAMES.get(event.getClass());
    if (name == null) {
      throw new IllegalStateException("no name for " + event.getClass());
    }
    return name;
  }

  /// @throws IllegalArgumentException if this version of GRACE does not know the kind
  static Class<? extends Event> type(String kind) {
    var type = CLASSES.get(kind);
    if (type == null) {
      throw new IllegalArgumentException(
          "this version does not know events of kind '" + kind + "'; a newer one wrote them");
    }
    return type;
  }
}

package io.grace.intelligence.cause;

import java.util.List;
import java.util.Set;

/// All that is known when an incident begins. Services are told by their index. *Immutable.*
///
/// @param services their names, for sentences
/// @param pseudo services that only stand for others, such as the client's view of a call: they are
///   walked through and never blamed
/// @param tracks what was measured, normal part and since
/// @param noticed when the incident was noticed, in seconds; what is older is normal, except
/// @param lateness how many seconds before that the trouble may have begun; it is searched for
///   there
/// @param sick the services where it was noticed; empty if that is not known
/// @param calls who calls whom; empty if that is not known
/// @param changes what was changed of late
public record Scene(
    List<String> services,
    Set<Integer> pseudo,
    List<Track> tracks,
    double noticed,
    double lateness,
    Set<Integer> sick,
    List<Call> calls,
    List<Change> changes) {
  public static final int MAX_SERVICES = 20_000;
  public static final int MAX_TRACKS = 200_000;
  public static final int MAX_CALLS = 400_000;

  public Scene {
    services = List.copyOf(services);
    pseudo = Set.copyOf(pseudo);
    tracks = List.copyOf(tracks);
    sick = Set.copyOf(sick);
    calls = List.copyOf(calls);
    changes = List.copyOf(changes);
    atMost(MAX_SERVICES, services.size(), "services");
    atMost(MAX_TRACKS, tracks.size(), "tracks");
    atMost(MAX_CALLS, calls.size(), "calls");
    if (!Double.isFinite(noticed) || !(lateness >= 0) || !Double.isFinite(lateness)) {
      throw new IllegalArgumentException(
          "noticed must be finite and lateness at least 0: " + noticed + ", " + lateness);
    }
    int count = services.size();
    pseudo.forEach(s -> known(s, count, "pseudo service"));
    sick.forEach(s -> known(s, count, "sick service"));
    tracks.forEach(t -> known(t.service(), count, "service of " + t.name()));
    changes.forEach(c -> known(c.service(), count, "changed service"));
    for (Call call : calls) {
      known(call.caller(), count, "caller");
      known(call.callee(), count, "callee");
    }
  }

  private static void atMost(int limit, int found, String what) {
    if (found > limit) {
      throw new IllegalArgumentException("at most " + limit + " " + what + ": " + found);
    }
  }

  private static void known(int service, int count, String what) {
    if (service < 0 || service >= count) {
      throw new IllegalArgumentException(what + " must be in [0, " + count + "): " + service);
    }
  }

  /// From when on a sample may belong to the trouble.
  double suspectFrom() {
    return noticed - lateness;
  }

  boolean knowsCalls() {
    return !calls.isEmpty();
  }
}

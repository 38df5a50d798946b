package io.grace.domains.transcendence;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Hash;
import io.grace.core.model.ServiceId;
import java.util.List;
import java.util.stream.Collectors;

/// A remedy that people know and no playbook has. *Immutable.*
///
/// @param service one that had this
/// @param told what was found of it, in a sentence
/// @param from the places: passages as `source/path`, or incidents
/// @param chance how often it helped, drawn to one half; in (0, 1)
/// @param steps at least one of them an [Instruction.Act]
record Gap(
    DiagnosisKind diagnosis,
    ServiceId service,
    String told,
    List<String> from,
    double chance,
    List<Instruction> steps) {
  private static final int ID = 8;

  Gap {
    from = List.copyOf(from);
    steps = List.copyOf(steps);
    if (!(chance > 0 && chance < 1)) {
      throw new IllegalArgumentException("chance must be in (0, 1): " + chance);
    }
  }

  /// The same remedy for the same diagnosis has the same one, wherever it was found.
  String id() {
    String text = steps.stream().map(Instruction::toString).collect(Collectors.joining("\n"));
    return diagnosis + "_" + Hash.sha256(diagnosis + "\n" + text).value().substring(0, ID);
  }
}

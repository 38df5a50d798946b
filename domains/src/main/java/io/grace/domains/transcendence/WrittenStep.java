package io.grace.domains.transcendence;

import io.grace.core.model.Playbook.Undo;
import java.util.Optional;

/// A step of a draft. *Immutable.*
///
/// @param name unique in the draft
/// @param undo of an action; empty for what people do
record WrittenStep(String name, Instruction instruction, Optional<Undo> undo) {
  boolean isAct() {
    return instruction instanceof Instruction.Act;
  }

  boolean isTakenBack() {
    return undo.filter(Undo.Compensation.class::isInstance).isPresent();
  }
}

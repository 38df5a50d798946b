package io.grace.runtime.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.learn.Precedent.Proof;
import io.grace.core.model.ServiceId;
import io.grace.core.state.Snapshot;
import io.grace.runtime.judgement.Past;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotCodecTest {
  @Test
  void savedStateHoldsWhatIncidentsShowedOfTheirCauses() {
    var cause = new ServiceId("payments");
    Snapshot snapshot =
        new Past().healed(List.of(new ServiceId("orders"), cause), cause).snapshot();

    Snapshot read = SnapshotCodec.snapshot(SnapshotCodec.bytes(snapshot));

    assertEquals(snapshot, read);
    assertEquals(
        List.of(Proof.HEALED), read.precedents().values().stream().map(p -> p.proof()).toList());
  }

  @Test
  void formatIsRaisedWithTheFieldsOfTheState() {
    assertEquals(
        22,
        Snapshot.class.getRecordComponents().length,
        "raise SnapshotCodec.FORMAT, then this number");
    assertEquals(8, SnapshotCodec.FORMAT);
  }
}

package io.grace.runtime.config;

import io.grace.core.model.SourceId;
import io.grace.core.policy.Damping;
import io.grace.core.policy.Sensing;
import java.util.Map;

/// Reads how what is heard is put together.
final class SensingReader {
  private SensingReader() {}

  static Sensing read(Cursor c, Map<SourceId, Damping> damping) {
    var d = Sensing.DEFAULTS;
    var storm =
        c.at("storm")
            .make(() ->
                new Sensing.Storm(
                    c.at("storm").at("enter").whole(d.storm().enter()),
                    c.at("storm").at("exit").whole(d.storm().exit()),
                    c.at("storm").at("hold").duration(d.storm().hold())))
            .orElse(d.storm());
    return new Sensing(
        storm,
        damping,
        c.at("correlate_within").duration(d.correlateWithin()),
        c.at("linger").duration(d.linger()),
        c.at("calls_kept").duration(d.callsKept()),
        c.at("changes_within").duration(d.changesWithin()),
        c.at("stand_back").duration(d.standBack()));
  }
}

package io.grace.intelligence.registry;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import io.grace.intelligence.registry.ModelVersion.Span;
import io.grace.intelligence.registry.ModelVersion.Stage;
import java.util.ArrayList;
import java.util.OptionalLong;

/// A registry as bytes and back.
final class RegistryBytes {
  private static final int KIND = 0x4D524547;
  private static final int VERSION = 1;

  /// For no id and no time; both are positive.
  private static final long NONE = Long.MIN_VALUE;

  private RegistryBytes() {}

  static byte[] write(ModelRegistry registry) {
    var out = new Packing(KIND, VERSION);
    RegistryRules rules = registry.rules();
    out.number(rules.margin());
    out.number(rules.tolerance());
    out.number(rules.discount());
    out.number(rules.leastWeight());
    out.wide(rules.maxAgeSeconds());
    out.wide(rules.restSeconds());
    out.integer(rules.keep());
    out.number(registry.live().weight());
    out.number(registry.live().active());
    out.number(registry.live().parent());
    out.number(registry.live().naive());
    out.wide(registry.nextId());
    out.wide(registry.driftedAt().orElse(NONE));
    out.integer(registry.versions().size());
    for (ModelVersion version : registry.versions()) {
      out.wide(version.id());
      out.text(version.model());
      out.wide(version.trainedAt());
      out.wide(version.span().from());
      out.wide(version.span().to());
      out.number(version.error());
      out.number(version.naiveError());
      out.wide(version.parent().orElse(NONE));
      out.text(version.stage().name());
    }
    return out.sealed();
  }

  static ModelRegistry read(byte[] bytes) {
    var in = new Unpacking(bytes, KIND, VERSION);
    var rules =
        new RegistryRules(
            in.number(), in.number(), in.number(), in.number(), in.wide(), in.wide(), in.integer());
    var live = new LiveErrors(in.number(), in.number(), in.number(), in.number());
    long nextId = in.wide();
    OptionalLong driftedAt = optional(in.wide());
    int count = in.integer();
    var versions = new ArrayList<ModelVersion>();
    for (int i = 0; i < count; i++) {
      versions.add(
          new ModelVersion(
              in.wide(),
              in.text(),
              in.wide(),
              new Span(in.wide(), in.wide()),
              in.number(),
              in.number(),
              optional(in.wide()),
              Stage.valueOf(in.text())));
    }
    in.end();
    return new ModelRegistry(rules, new Versions(versions), live, nextId, driftedAt);
  }

  private static OptionalLong optional(long value) {
    return value == NONE ? OptionalLong.empty() : OptionalLong.of(value);
  }
}

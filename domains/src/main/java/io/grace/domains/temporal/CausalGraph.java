package io.grace.domains.temporal;

import io.grace.domains.series.SeriesId;
import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import io.grace.intelligence.causal.LaggedEdge;
import io.grace.intelligence.causal.LinearModel;
import io.grace.intelligence.causal.LinearModel.Effect;
import io.grace.intelligence.causal.PcStable;
import io.grace.intelligence.causal.SeriesTable;
import java.util.ArrayList;
import java.util.List;

/// Which metrics move which others later, and by how much, as it was found in what was recorded.
/// *Immutable.*
///
/// @param builtAt second at which it was built
/// @param newest second of the last value that it was built from
/// @param data SHA-256 of what it was built from, in hex
/// @param edges the likeliest first; one from a series to itself is a memory
/// @param model the same edges with their weights
record CausalGraph(
    List<SeriesId> ids,
    long builtAt,
    long newest,
    int step,
    String data,
    List<LaggedEdge> edges,
    LinearModel model) {
  private static final int KIND = 0x43475248;
  private static final int VERSION = 1;

  /// Series held at once while parents are narrowed down; more costs much and finds little.
  private static final int CONDITION = 2;

  private static final double KEEP = 0.1;
  private static final double FALSE_SHARE = 0.01;

  CausalGraph {
    ids = List.copyOf(ids);
    edges = List.copyOf(edges);
  }

  /// @param maxLag how many steps back causes may be
  static CausalGraph build(Table table, int maxLag, long now) {
    List<LaggedEdge> edges =
        PcStable.find(new SeriesTable(table.values()), maxLag, CONDITION, KEEP, FALSE_SHARE);
    return new CausalGraph(
        table.ids(),
        now,
        table.newest(),
        table.step(),
        table.hash().value(),
        edges,
        LinearModel.fit(table.values(), edges));
  }

  /// Edges between different series.
  List<Effect> causes() {
    return model.effects().stream().filter(e -> e.from() != e.to()).toList();
  }

  /// An edge as people read it.
  record Cause(SeriesId from, SeriesId to, int lag, double weight) {}

  List<Cause> told() {
    return causes().stream()
        .map(e -> new Cause(ids.get(e.from()), ids.get(e.to()), e.lag(), e.weight()))
        .toList();
  }

  byte[] toBytes() {
    var out = new Packing(KIND, VERSION);
    out.integer(ids.size());
    ids.forEach(id -> out.text(id.toString()));
    out.wide(builtAt);
    out.wide(newest);
    out.integer(step);
    out.text(data);
    out.integer(edges.size());
    for (LaggedEdge e : edges) {
      out.integer(e.from());
      out.integer(e.to());
      out.integer(e.lag());
      out.number(e.strength());
      out.number(e.p());
    }
    out.doubles(model.intercepts());
    out.integer(model.effects().size());
    for (Effect e : model.effects()) {
      out.integer(e.from());
      out.integer(e.to());
      out.integer(e.lag());
      out.number(e.weight());
    }
    return out.sealed();
  }

  /// @throws IllegalArgumentException if the bytes are damaged
  static CausalGraph of(byte[] bytes) {
    var in = new Unpacking(bytes, KIND, VERSION);
    var ids = new ArrayList<SeriesId>();
    for (int i = in.integer(); i > 0; i--) {
      ids.add(SeriesId.parse(in.text()));
    }
    long builtAt = in.wide();
    long newest = in.wide();
    int step = in.integer();
    String data = in.text();
    var edges = new ArrayList<LaggedEdge>();
    for (int i = in.integer(); i > 0; i--) {
      edges.add(new LaggedEdge(in.integer(), in.integer(), in.integer(), in.number(), in.number()));
    }
    double[] intercepts = in.doubles();
    var effects = new ArrayList<Effect>();
    for (int i = in.integer(); i > 0; i--) {
      effects.add(new Effect(in.integer(), in.integer(), in.integer(), in.number()));
    }
    in.end();
    return new CausalGraph(
        ids, builtAt, newest, step, data, edges, new LinearModel(intercepts, effects));
  }
}

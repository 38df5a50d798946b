package io.grace.domains.ml;

import io.grace.domains.ml.Tracking.Experiment;
import io.grace.domains.ml.Tracking.Logged;
import io.grace.domains.ml.Tracking.Point;
import io.grace.domains.ml.Tracking.Run;
import io.grace.domains.ml.Tracking.RunInfo;
import io.grace.domains.ml.Tracking.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// `experiments/…` and `runs/…`. *Thread-safe.*
final class RunEndpoints {
  /// Limits of one batch, which are MLflow's.
  private static final int METRICS_MAX = 1_000;

  private static final int PARAMS_MAX = 100;
  private static final int TAGS_MAX = 100;
  private static final int ALL_MAX = 1_000;
  private static final int PARAM_MAX = 6_000;
  private static final int USUAL = 1_000;

  /// MLflow's own bounds of `max_results`.
  private static final Search.Rows RUNS = new Search.Rows(USUAL, 50_000);

  /// MLflow names no limit; each is looked at in each comparison.
  private static final int ORDERS_MAX = 20;

  private final Tracking tracking;

  RunEndpoints(Tracking tracking) {
    this.tracking = tracking;
  }

  Map<String, MlflowApi.Endpoint> all() {
    var all = new HashMap<String, MlflowApi.Endpoint>();
    all.put("POST experiments/create", this::createExperiment);
    all.put("GET experiments/get-by-name", in -> experiment(in, "experiment_name"));
    all.put("GET experiments/get", in -> experiment(in, "experiment_id"));
    all.put("GET experiments/search", this::searchExperiments);
    all.put("POST experiments/search", this::searchExperiments);
    all.put("POST runs/create", this::create);
    all.put("GET runs/get", this::get);
    all.put("POST runs/search", this::search);
    all.put("POST runs/update", this::update);
    all.put("POST runs/log-metric", this::logMetric);
    all.put("POST runs/log-parameter", this::logParameter);
    all.put("POST runs/set-tag", this::setTag);
    all.put("POST runs/log-batch", this::logBatch);
    return all;
  }

  private ObjectNode createExperiment(Input in) throws Refused {
    Experiment made =
        tracking.create(
            in.required("name"), in.text("artifact_location", ""), in.pairs("tags", TAGS_MAX));
    return MlflowApi.object().put("experiment_id", made.id());
  }

  private ObjectNode experiment(Input in, String field) throws Refused {
    String wanted = in.required(field);
    boolean isById = field.equals("experiment_id");
    Experiment found =
        tracking.experiments().stream()
            .filter(e -> (isById ? e.id() : e.name()).equals(wanted))
            .findFirst()
            .orElseThrow(() ->
                Refused.missing(
                    isById
                        ? "No Experiment with id=" + wanted + " exists:"
                        : "Experiment with name '" + wanted + "'"));
    ObjectNode answer = MlflowApi.object();
    answer.set("experiment", shown(found));
    return answer;
  }

  private ObjectNode searchExperiments(Input in) throws Refused {
    var condition =
        Search.<Experiment>condition(in.text("filter", ""), List.of("name"), (e, _) -> e.name());
    List<Experiment> found = tracking.experiments().stream().filter(condition).toList();
    return Search.page(in, "experiments", found, USUAL, RunEndpoints::shown);
  }

  private static ObjectNode shown(Experiment experiment) {
    ObjectNode json = MlflowApi.object();
    json.put("experiment_id", experiment.id());
    json.put("name", experiment.name());
    json.put("artifact_location", experiment.location());
    json.put("lifecycle_stage", "active");
    json.put("creation_time", experiment.createdMs());
    json.put("last_update_time", experiment.createdMs());
    MlflowApi.tags(json, experiment.tags());
    return json;
  }

  private ObjectNode create(Input in) throws Refused {
    Run run =
        tracking.start(
            in.text("experiment_id", Tracking.DEFAULT),
            in.text("run_name", ""),
            in.text("user_id", ""),
            in.whole("start_time", 0),
            in.pairs("tags", TAGS_MAX));
    return one(run);
  }

  private ObjectNode get(Input in) throws Refused {
    return one(tracking.run(runId(in)));
  }

  /// Without experiments there is nothing to search, as in MLflow.
  private ObjectNode search(Input in) throws Refused {
    List<String> experiments = in.texts("experiment_ids", Tracking.EXPERIMENTS_MAX);
    var orders = new ArrayList<RunOrder>();
    for (String clause : in.texts("order_by", ORDERS_MAX)) {
      orders.add(RunFilter.order(clause));
    }
    var condition = RunFilter.read(in.text("filter", ""));
    List<Run> found =
        tracking.runs(isActiveWanted(in) ? Set.copyOf(experiments) : Set.of()).stream()
            .filter(condition)
            .sorted(RunOrder.of(orders))
            .toList();
    return Search.page(in, "runs", found, RUNS, RunEndpoints::whole);
  }

  /// No run is ever deleted, so all are active.
  private static boolean isActiveWanted(Input in) throws Refused {
    String view = in.text("run_view_type", "ACTIVE_ONLY");
    return switch (view) {
      case "ACTIVE_ONLY", "ALL" -> true;
      case "DELETED_ONLY" -> false;
      default -> throw Refused.invalid("Invalid value for parameter 'run_view_type': " + view);
    };
  }

  /// Old clients say `run_uuid`.
  private static String runId(Input in) throws Refused {
    return in.text("run_id").isPresent() ? in.required("run_id") : in.required("run_uuid");
  }

  private ObjectNode update(Input in) throws Refused {
    Optional<Status> status = Optional.empty();
    String wanted = in.text("status", "");
    if (!wanted.isEmpty()) {
      status = Arrays.stream(Status.values()).filter(s -> s.name().equals(wanted)).findFirst();
      if (status.isEmpty()) {
        throw Refused.invalid("Invalid value for parameter 'status': " + wanted);
      }
    }
    Run run = tracking.update(runId(in), status, in.whole("end_time", 0), in.text("run_name"));
    ObjectNode answer = MlflowApi.object();
    answer.set("run_info", shown(run.info()));
    return answer;
  }

  private ObjectNode logMetric(Input in) throws Refused {
    return log(new Logged(runId(in), List.of(point(in)), Map.of(), Map.of()));
  }

  private static Point point(Input in) throws Refused {
    return new Point(
        in.key(), in.requiredNumber("value"), in.requiredWhole("timestamp"), in.whole("step", 0));
  }

  private ObjectNode logParameter(Input in) throws Refused {
    return log(new Logged(runId(in), List.of(), Map.of(in.key(), param(in)), Map.of()));
  }

  private static String param(Input in) throws Refused {
    String value = in.value();
    if (value.length() > PARAM_MAX) {
      throw Refused.invalid(
          "a parameter has at most " + PARAM_MAX + " characters: " + value.length());
    }
    return value;
  }

  private ObjectNode setTag(Input in) throws Refused {
    return log(new Logged(runId(in), List.of(), Map.of(), Map.of(in.key(), in.value())));
  }

  private ObjectNode logBatch(Input in) throws Refused {
    List<Input> metrics = in.all("metrics", METRICS_MAX);
    List<Input> params = in.all("params", PARAMS_MAX);
    Map<String, String> tags = in.pairs("tags", TAGS_MAX);
    int all = metrics.size() + params.size() + tags.size();
    if (all > ALL_MAX) {
      throw Refused.invalid(
          "A batch logging request can contain at most %d metrics, params and tags in total. Got %d."
              .formatted(ALL_MAX, all));
    }
    var points = new ArrayList<Point>();
    for (Input metric : metrics) {
      points.add(point(metric));
    }
    var pairs = new HashMap<String, String>();
    for (Input param : params) {
      String before = pairs.put(param.key(), param(param));
      if (before != null && !before.equals(param.value())) {
        throw Refused.invalid("Duplicate parameter keys have been submitted: " + param.key());
      }
    }
    return log(new Logged(in.required("run_id"), points, pairs, tags));
  }

  private ObjectNode log(Logged logged) throws Refused {
    tracking.log(logged);
    return MlflowApi.object();
  }

  private static ObjectNode one(Run run) {
    ObjectNode answer = MlflowApi.object();
    answer.set("run", whole(run));
    return answer;
  }

  private static ObjectNode whole(Run run) {
    ObjectNode json = MlflowApi.object();
    json.set("info", shown(run.info()));
    ObjectNode data = json.putObject("data");
    var metrics = data.putArray("metrics");
    for (Point point : run.newest()) {
      ObjectNode metric = metrics.addObject().put("key", point.key());
      if (Double.isFinite(point.value())) {
        metric.put("value", point.value());
      } else {
        metric.put("value", String.valueOf(point.value()));
      }
      metric.put("timestamp", point.timestamp()).put("step", point.step());
    }
    var params = data.putArray("params");
    new TreeMap<>(run.params())
        .forEach((key, value) -> params.addObject().put("key", key).put("value", value));
    MlflowApi.tags(data, run.tags());
    return json;
  }

  private static ObjectNode shown(RunInfo info) {
    ObjectNode json = MlflowApi.object();
    json.put("run_id", info.id());
    json.put("run_uuid", info.id());
    json.put("run_name", info.name());
    json.put("experiment_id", info.experiment());
    json.put("user_id", info.user());
    json.put("status", info.status().name());
    json.put("start_time", info.startedMs());
    if (info.endedMs() > 0) {
      json.put("end_time", info.endedMs());
    }
    json.put("artifact_uri", info.artifacts());
    json.put("lifecycle_stage", "active");
    return json;
  }
}

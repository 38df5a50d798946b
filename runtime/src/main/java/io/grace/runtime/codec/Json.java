package io.grace.runtime.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import io.grace.core.event.Event;
import io.grace.core.learn.Tally;
import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Condition;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Edge;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetricId;
import io.grace.core.model.MotionId;
import io.grace.core.model.Plan;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SloId;
import io.grace.core.model.SourceId;
import io.grace.core.model.Term;
import io.grace.core.state.Progress;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot.Ailment;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/// Core's records as canonical JSON (RFC 8785) and back, strictly: an unknown property fails.
///
/// Core knows no Jackson, so what its types mean in JSON is said here: names are strings, closed
/// choices carry a `type`, sets are sorted.
final class Json {
  static final JsonMapper MAPPER = mapper();

  /// For what only GRACE itself reads: times as microseconds since 1970, counts without names. A
  /// start reads tens of thousands of them with cold code.
  static final JsonMapper COMPACT =
      MAPPER
          .rebuild()
          .addModule(
              new SimpleModule("compact")
                  .addSerializer(Instant.class, new MicrosOut())
                  .addDeserializer(Instant.class, new MicrosIn()))
          .addMixIn(Tally.class, Row.class)
          .build();

  private Json() {}

  /// A record of one name is that name.
  abstract static class Scalar {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    Scalar(String value) {}

    @JsonValue
    abstract String value();
  }

  /// A closed choice says which it is.
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
  interface Choice {}

  /// The same, where other properties come before `type`: canonical JSON is sorted.
  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "@type")
  interface Kind {}

  /// The time of an event stands in its entry.
  @JsonIgnoreProperties(value = "at", allowSetters = true)
  interface Timeless {}

  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  interface Row {}

  private static JsonMapper mapper() {
    var module = new SimpleModule("grace");
    module.addSerializer(Set.class, new Sorted());
    module.addSerializer(Double.class, new EcmaScriptDouble());
    module.addSerializer(Double.TYPE, new EcmaScriptDouble());
    module.addKeyDeserializer(Proposal.Key.class, new Parts(Json::key));
    module.addKeyDeserializer(Ailment.class, new Parts(Json::ailment));
    module.addKeyDeserializer(Edge.class, new Parts(Json::edge));
    var builder =
        JsonMapper.builder()
            .addModule(module)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .changeDefaultVisibility(v -> v.withIsGetterVisibility(Visibility.NONE))
            .changeDefaultPropertyInclusion(i ->
                JsonInclude.Value.construct(
                    JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS));
    for (Class<?> name :
        List.of(
            Hash.class,
            ServiceId.class,
            RunId.class,
            IncidentId.class,
            PlaybookId.class,
            DiagnosisKind.class,
            MetricId.class,
            MotionId.class,
            SloId.class,
            SourceId.class)) {
      builder.addMixIn(name, Scalar.class);
    }
    for (Class<?> choice : List.of(Argument.class, Run.class)) {
      builder.addMixIn(choice, Choice.class);
    }
    for (Class<?> kind :
        List.of(
            Condition.class,
            Condition.Is.Subject.class,
            Term.class,
            Bound.class,
            Plan.Work.class,
            Progress.Place.class)) {
      builder.addMixIn(kind, Kind.class);
    }
    return builder.addMixIn(Event.class, Timeless.class).build();
  }

  private static Object key(String[] parts) {
    return new Proposal.Key(
        new ServiceId(parts[0]), new DiagnosisKind(parts[1]), new PlaybookId(parts[2]));
  }

  private static Object ailment(String[] parts) {
    return new Ailment(new ServiceId(parts[0]), new DiagnosisKind(parts[1]));
  }

  private static Object edge(String[] parts) {
    return new Edge(new ServiceId(parts[0]), new ServiceId(parts[1]));
  }

  /// A map's key made of names, joined by the slash that names do not have.
  private static final class Parts extends KeyDeserializer {
    private final Function<String[], Object> make;

    Parts(Function<String[], Object> make) {
      this.make = make;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return make.apply(key.split("/", -1));
    }
  }

  /// The same set is always the same text.
  @SuppressWarnings("rawtypes")
  private static final class Sorted extends ValueSerializer<Set> {
    @Override
    public void serialize(Set value, JsonGenerator out, SerializationContext context)
        throws JacksonException {
      out.writeStartArray();
      for (Object element :
          ((Collection<?>) value)
              .stream().sorted((a, b) -> a.toString().compareTo(b.toString())).toList()) {
        context.writeValue(out, element);
      }
      out.writeEndArray();
    }
  }

  /// Numbers as ECMAScript prints them, which RFC 8785, § 3.2.2.3 asks for.
  private static final class EcmaScriptDouble extends ValueSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializationContext context)
        throws JacksonException {
      out.writeNumber(EcmaScript.number(value));
    }
  }

  private static final class MicrosOut extends ValueSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator out, SerializationContext context)
        throws JacksonException {
      out.writeNumber(ChronoUnit.MICROS.between(Instant.EPOCH, value));
    }
  }

  private static final class MicrosIn extends ValueDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context)
        throws JacksonException {
      return Instant.EPOCH.plus(in.getLongValue(), ChronoUnit.MICROS);
    }
  }
}

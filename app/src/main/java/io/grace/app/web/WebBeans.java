package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.guard.SourceDoor;
import java.time.InstantSource;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The routes, and how they read and write JSON.
@Configuration(proxyBeanMethods = false)
public class WebBeans {
  /// Reads strictly: what GRACE would ignore, the sender meant.
  @Bean
  JsonMapperBuilderCustomizer strictJson() {
    return json ->
        json.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
  }

  @Bean
  Advice advice() {
    return new Advice();
  }

  @Bean
  SystemApi systemApi(Backend backend, InstantSource clock) {
    return new SystemApi(backend, clock);
  }

  @Bean
  ServicesApi servicesApi(Backend backend, InstantSource clock) {
    return new ServicesApi(backend, clock);
  }

  @Bean
  PlaybooksApi playbooksApi(Backend backend) {
    return new PlaybooksApi(backend);
  }

  @Bean
  IngestApi ingestApi(Backend backend, SourceDoor door, InstantSource clock) {
    return new IngestApi(backend, door, clock);
  }

  @Bean
  MemoryApi memoryApi(Backend backend, InstantSource clock) {
    return new MemoryApi(backend, clock);
  }

  @Bean
  ChangesApi changesApi(Backend backend, InstantSource clock) {
    return new ChangesApi(backend, clock);
  }

  @Bean
  SensingApi sensingApi(Backend backend, InstantSource clock) {
    return new SensingApi(backend, clock);
  }

  @Bean
  MlflowDoor mlflowDoor(Backend backend) {
    return new MlflowDoor(backend);
  }

  @Bean
  IncidentsApi incidentsApi(Backend backend) {
    return new IncidentsApi(backend);
  }

  @Bean
  RunsApi runsApi(Backend backend, JsonMapper json) {
    return new RunsApi(backend, json);
  }

  @Bean
  DecisionsApi decisionsApi(Backend backend) {
    return new DecisionsApi(backend);
  }

  @Bean
  LogStream logStream(Backend backend, JsonMapper json) {
    return new LogStream(backend, json);
  }

  @Bean
  LogApi logApi(Backend backend, LogStream stream) {
    return new LogApi(backend, stream);
  }

  @Bean
  JudgementApi judgementApi(Backend backend, InstantSource clock) {
    return new JudgementApi(backend, clock);
  }

  @Bean
  LearningApi learningApi(Backend backend, InstantSource clock) {
    return new LearningApi(backend, clock);
  }

  @Bean
  ShadowApi shadowApi(Backend backend, InstantSource clock) {
    return new ShadowApi(backend, clock);
  }

  @Bean
  TestsApi testsApi(Backend backend, InstantSource clock) {
    return new TestsApi(backend, clock);
  }

  @Bean
  SchedulerApi schedulerApi(Backend backend, InstantSource clock) {
    return new SchedulerApi(backend, clock);
  }

  @Bean
  ParliamentApi parliamentApi(Backend backend) {
    return new ParliamentApi(backend);
  }

  @Bean
  DraftsApi draftsApi(Backend backend) {
    return new DraftsApi(backend);
  }

  @Bean
  MetaApi metaApi(Backend backend) {
    return new MetaApi(backend);
  }
}

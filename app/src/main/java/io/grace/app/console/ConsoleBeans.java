package io.grace.app.console;

import io.grace.app.Backend;
import io.grace.app.guard.ConsoleDenials;
import io.grace.app.guard.ProviderDoor;
import io.grace.app.guard.TokenDoor;
import io.grace.app.web.DecisionsApi;
import io.grace.app.web.DraftsApi;
import io.grace.app.web.IncidentsApi;
import io.grace.app.web.JudgementApi;
import io.grace.app.web.LearningApi;
import io.grace.app.web.LogApi;
import io.grace.app.web.MetaApi;
import io.grace.app.web.ParliamentApi;
import io.grace.app.web.PlaybooksApi;
import io.grace.app.web.RunsApi;
import io.grace.app.web.SensingApi;
import io.grace.app.web.ServicesApi;
import io.grace.app.web.ShadowApi;
import io.grace.app.web.SystemApi;
import io.grace.app.web.TestsApi;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// The pages.
@Configuration(proxyBeanMethods = false)
public class ConsoleBeans {
  @Bean
  Assets assets() {
    return new Assets();
  }

  @Bean
  Pages pages(
      Backend backend,
      SystemApi system,
      MetaApi meta,
      RunsApi runs,
      IncidentsApi incidents,
      Assets assets,
      InstantSource clock) {
    return new Pages(backend, system, meta, runs, incidents, assets, clock);
  }

  @Bean
  ConsoleDenials consoleDenials(Pages pages) {
    return new ConsoleDenials(pages);
  }

  @Bean
  Failed failed(Pages pages) {
    return new Failed(pages);
  }

  @Bean
  SignIn signIn(TokenDoor door, ObjectProvider<ProviderDoor> provider, Pages pages) {
    return new SignIn(door, Optional.ofNullable(provider.getIfAvailable()), pages);
  }

  @Bean
  Live live(Backend backend, Pages pages) {
    return new Live(backend, pages);
  }

  @Bean
  Sentences sentences(JsonMapper json) {
    return new Sentences(json);
  }

  @Bean
  Stories stories(Backend backend, Sentences sentences) {
    return new Stories(backend, sentences);
  }

  @Bean
  NowPages nowPages(Pages pages, SystemApi system) {
    return new NowPages(pages, system);
  }

  @Bean
  FleetPages fleetPages(Pages pages, ServicesApi services, SensingApi sensing) {
    return new FleetPages(pages, services, sensing);
  }

  @Bean
  IncidentPages incidentPages(
      Pages pages, IncidentsApi incidents, RunsApi runs, Stories stories, InstantSource clock) {
    return new IncidentPages(pages, incidents, runs, stories, clock);
  }

  @Bean
  RunPages runPages(
      Pages pages,
      RunsApi runs,
      DecisionsApi decisions,
      LearningApi learning,
      Stories stories,
      InstantSource clock) {
    return new RunPages(pages, runs, decisions, learning, stories, clock);
  }

  @Bean
  JournalPages journalPages(Pages pages, LogApi log, Stories stories) {
    return new JournalPages(pages, log, stories);
  }

  @Bean
  PlaybookPages playbookPages(
      Pages pages,
      PlaybooksApi playbooks,
      TestsApi tests,
      LearningApi learning,
      ShadowApi shadow,
      JudgementApi judgement) {
    return new PlaybookPages(pages, playbooks, tests, learning, shadow, judgement);
  }

  @Bean
  DraftPages draftPages(Pages pages, DraftsApi drafts) {
    return new DraftPages(pages, drafts);
  }

  @Bean
  ParliamentPages parliamentPages(Pages pages, ParliamentApi parliament, Stories stories) {
    return new ParliamentPages(pages, parliament, stories);
  }

  @Bean
  SettingsPages settingsPages(Pages pages, InstantSource clock) {
    return new SettingsPages(pages, clock);
  }
}

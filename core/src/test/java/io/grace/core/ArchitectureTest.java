package io.grace.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The house rules of core as tests: each message names what to do instead.
class ArchitectureTest {
  private static final JavaClasses GRACE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.grace.core");

  private static final String CORE = "io.grace.core..";

  @Test
  void coreKnowsOnlyTheBaseModuleAndJSpecify() {
    check(
        classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                    CORE,
                    "java.lang..",
                    "java.util",
                    "java.util.function",
                    "java.util.regex",
                    "java.util.stream",
                    "java.math",
                    "java.time..",
                    "java.security",
                    "java.nio.charset",
                    "org.jspecify.annotations"))
            .because(
                "core decides and does nothing else: put I/O, threads and libraries in runtime"));
  }

  @Test
  void coreStartsNoThreadAndWaitsForNone() {
    check(
        noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat(assignableTo(Thread.class).or(assignableTo(ThreadLocal.class)))
            .because("one thread decides, and it belongs to runtime.loop"));
  }

  @Test
  void coreReadsNoClock() {
    check(
        noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .callMethodWhere(
                target(name("now"))
                    .and(
                        target(
                            owner(
                                assignableTo(Instant.class)
                                    .or(assignableTo(LocalDate.class))
                                    .or(assignableTo(LocalDateTime.class))
                                    .or(assignableTo(ZonedDateTime.class))))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat(assignableTo(Clock.class).or(assignableTo(InstantSource.class)))
            .because("time is an argument: take `Instant now`"));
  }

  @Test
  void coreRollsNoDice() {
    check(
        noClasses()
            .that()
            .resideInAPackage(CORE)
            .should()
            .dependOnClassesThat(
                assignableTo(java.util.Random.class)
                    .or(assignableTo(UUID.class))
                    .or(assignableTo(java.security.SecureRandom.class)))
            .orShould()
            .callMethod(Math.class, "random")
            .because("chance is an argument: take a RandomGenerator, or derive it from a hash"));
  }

  @Test
  void onlyTheLoopKnowsTheOrderOfTheStages() {
    check(
        slices()
            .matching("io.grace.core.(monitor|analyze|plan|govern)..")
            .should()
            .notDependOnEachOther()
            .because(
                "a stage gets what it needs from core.loop, as model, state, policy or learn"));
  }

  @Test
  void stagesDoNotKnowTheLoop() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "..core.monitor..", "..core.analyze..", "..core.plan..", "..core.govern..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grace.core.loop..", "io.grace.core.entry..")
            .because("the loop calls the stages: return a value and let core.loop decide"));
  }

  @Test
  void packagesOfCoreAreFreeOfCycles() {
    check(
        slices()
            .matching("io.grace.core.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a cycle makes two packages one: move the shared noun into core.model"));
  }

  @Test
  void valuesAreImmutable() {
    check(
        classes()
            .that()
            .resideInAnyPackage(
                "..core.model..",
                "..core.event..",
                "..core.state..",
                "..core.policy..",
                "..core.govern..",
                "..core.learn..",
                "..core.entry..")
            .and(not(isFoldInProgress()))
            .should()
            .haveOnlyFinalFields()
            .because("a value is valid for ever after `new`: make another one instead"));
  }

  /// The fold's working copy lives as long as one call of `Snapshot.after`.
  private static DescribedPredicate<JavaClass> isFoldInProgress() {
    return simpleName("Fold").or(simpleName("SensedFold")).or(simpleName("Cow"));
  }

  private static void check(ArchRule rule) {
    rule.check(GRACE);
  }
}

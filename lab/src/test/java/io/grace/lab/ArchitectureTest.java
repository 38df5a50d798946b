package io.grace.lab;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.grace.core.govern.Warrant;
import io.grace.core.model.Hash;
import io.grace.core.spi.ActionProvider;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// The house rules across modules as tests: each message names what to do instead. Those of core
/// are tested in core.
class ArchitectureTest {
  private static final JavaClasses GRACE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.grace");

  // ---- one log, one gate

  @Test
  void onlyTheGateMakesWarrants() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName("io.grace.core.govern.Gate")
            .should()
            .callConstructorWhere(target(owner(assignableTo(Warrant.class))))
            .because("touching the world needs the gate: call Gate.warrant for a journaled step"));
  }

  @Test
  void onlyTheEffectorPerformsActions() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.grace.runtime.effect..")
            .should()
            .callMethodWhere(
                target(name("perform")).and(target(owner(assignableTo(ActionProvider.class)))))
            .because(
                "an effect is recorded before it is done: record an intent, and let the"
                    + " effector find it in the snapshot"));
  }

  @Test
  void onlyTheEffectorAsksForWarrants() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.grace.runtime.effect..", "io.grace.core.govern..")
            .should()
            .callMethodWhere(
                target(name("warrant")).and(target(owner(name("io.grace.core.govern.Gate")))))
            .because("whoever holds a warrant may act: leave that to runtime.effect"));
  }

  @Test
  void onlyTheFoldMakesSnapshots() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.grace.core.state..", "io.grace.runtime.codec..")
            .should()
            .callConstructorWhere(target(owner(assignableTo(Snapshot.class))))
            .because(
                "state changes by events only: call Snapshot.after (the codec reads stored ones)"));
  }

  @Test
  void onlyTheTableMakesStatesOfRuns() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.grace.core.state..", "io.grace.runtime.codec..")
            .should()
            .callConstructorWhere(
                target(owner(assignableTo(Run.class).and(not(assignableTo(Run.Facts.class))))))
            .because("a run moves by the table only: record a RunEvent"));
  }

  // ---- runtime and around

  @Test
  void springStaysInApp() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.grace.app..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "jakarta..")
            .because("the rest of GRACE works without a framework: wire it in app by a @Bean"));
  }

  @Test
  void jdbcStaysInTheJournal() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.grace.runtime.journal..",
                "io.grace.runtime.memory..",
                "io.grace.cli.log..",
                "io.grace.lab.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..", "org.flywaydb..")
            .because(
                "one place speaks SQL to the journal: ask it or its projections; only what checks it"
                    + " or is measured against it looks past it, and memories have a file of their own"
                    + " that can forget (decision 0015)"));
  }

  @Test
  void cliKnowsOnlyTheFormatOfAnEntry() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.grace.cli..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.grace..")
                    .and(not(resideInAnyPackage("io.grace.cli..", "io.grace.core.entry..")))
                    .and(not(assignableTo(Hash.class))))
            .because("the CLI is a client of the REST API and an independent verifier"));
  }

  @Test
  void modulesKnowOnlyWhatIsBelowThem() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.grace.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.grace.app..", "io.grace.cli..", "io.grace.lab..")
            .because("app wires runtime, never the other way: take a Consumer or a port"));
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.grace.app..", "io.grace.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.grace.lab..")
            .because("the lab proves GRACE and is no part of it"));
  }

  @Test
  void nobodySleepsButWhereTheWorldGivesNoSignal() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.grace.runtime.loop..",
                "io.grace.runtime.effect..",
                "io.grace.runtime.process..",
                "io.grace.lab..")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", long.class, int.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class)
            .because("wait for a condition with a limit: a queue, a latch, a scheduled task"));
  }

  @Test
  void nobodyUsesJavaUtilLogging() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.apache.log4j..", "org.apache.logging..")
            .because("one logging API: SLF4J with a constant message and key-values"));
  }

  /// To hold a future is allowed: the JDK's HTTP client and processes know nothing else.
  @Test
  void nobodyChainsFutures() {
    check(
        noClasses()
            .should()
            .callMethodWhere(
                target(owner(assignableTo(CompletionStage.class)))
                    .and(
                        target(
                            nameMatching("then.*|handle.*|when.*|exceptionally.*|.*Async|.*Of"))))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor..", "io.reactivex..")
            .because("block on a virtual thread, with a limit"));
  }

  /// A module that has no classes yet breaks no rule.
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(GRACE);
  }
}

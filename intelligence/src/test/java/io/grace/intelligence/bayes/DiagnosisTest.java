package io.grace.intelligence.bayes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.bayes.Diagnosis.Finding;
import io.grace.intelligence.bayes.NoisyOr.Link;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static NoisyOr random(SplittableRandom random, int causes, int symptoms, double density) {
    List<Link> links = new ArrayList<>();
    for (int cause = 0; cause < causes; cause++) {
      for (int symptom = 0; symptom < symptoms; symptom++) {
        if (random.nextDouble() < density) {
          links.add(new Link(cause, symptom, 0.05 + 0.9 * random.nextDouble()));
        }
      }
    }
    double[] priors = random.doubles(causes, 1e-4, 0.3).toArray();
    double[] leaks = random.doubles(symptoms, 1e-4, 0.1).toArray();
    return new NoisyOr(priors, leaks, links);
  }

  private static List<Finding> findings(SplittableRandom random, int symptoms) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < symptoms; i++) {
      findings.add(Finding.values()[random.nextInt(3)]);
    }
    return findings;
  }

  /// Posteriors, and then the probability of the findings, by going through all sets of causes.
  private static double[] counted(NoisyOr network, List<Finding> findings) {
    int causes = network.causes();
    double[] sums = new double[causes + 1];
    for (int set = 0; set < 1 << causes; set++) {
      double p = 1;
      double[] absent = new double[network.symptoms()];
      for (int s = 0; s < absent.length; s++) {
        absent[s] = 1 - network.leak(s);
      }
      for (int cause = 0; cause < causes; cause++) {
        boolean isOn = (set >> cause & 1) == 1;
        p *= isOn ? network.prior(cause) : 1 - network.prior(cause);
        for (int at = network.from(cause); isOn && at < network.from(cause + 1); at++) {
          absent[network.symptomOf(at)] *= 1 - network.strength(at);
        }
      }
      for (int s = 0; s < absent.length; s++) {
        p *=
            switch (findings.get(s)) {
              case SEEN -> 1 - absent[s];
              case NOT_SEEN -> absent[s];
              case UNKNOWN -> 1;
            };
      }
      sums[causes] += p;
      for (int cause = 0; cause < causes; cause++) {
        sums[cause] += (set >> cause & 1) == 1 ? p : 0;
      }
    }
    for (int cause = 0; cause < causes; cause++) {
      sums[cause] /= sums[causes];
    }
    return sums;
  }

  @Test
  void posteriorsAreThoseOfAllSetsOfCausesCounted() {
    for (int seed = 0; seed < 300; seed++) {
      var random = new SplittableRandom(seed);
      NoisyOr network = random(random, 1 + random.nextInt(9), 1 + random.nextInt(9), 0.3);
      List<Finding> findings = findings(random, network.symptoms());
      double[] wanted = counted(network, findings);

      Diagnosis found = Diagnosis.of(network, findings);

      assertTrue(found.isExact());
      String which = "seed " + seed;
      assertArrayEquals(Arrays.copyOf(wanted, network.causes()), found.posteriors(), 1e-12, which);
      assertEquals(Math.log(wanted[network.causes()]), found.logEvidence(), 1e-10, which);
    }
  }

  @Test
  void twoLayersAnswerLikeTheSameNetworkInTables() {
    var network =
        new NoisyOr(
            new double[] {0.01, 0.02},
            new double[] {0.1},
            List.of(new Link(0, 0, 0.8), new Link(1, 0, 0.5)));

    Diagnosis found = Diagnosis.of(network, List.of(Finding.SEEN));

    double none = 0.99 * 0.98 * 0.1;
    double first = 0.01 * 0.98 * (1 - 0.9 * 0.2);
    double second = 0.99 * 0.02 * (1 - 0.9 * 0.5);
    double both = 0.01 * 0.02 * (1 - 0.9 * 0.2 * 0.5);
    double all = none + first + second + both;
    assertEquals((first + both) / all, found.posteriors()[0], 1e-14);
    assertEquals(1, found.ranked(2).getFirst().cause());
  }

  @Test
  void manySymptomsOfOneCauseAreBoundedAndSaySo() {
    List<Link> links = new ArrayList<>();
    for (int symptom = 0; symptom < 40; symptom++) {
      links.add(new Link(0, symptom, 0.9));
      links.add(new Link(1 + symptom, symptom, 0.9));
    }
    double[] priors = new double[41];
    double[] leaks = new double[40];
    Arrays.fill(priors, 0.001);
    Arrays.fill(leaks, 0.001);
    var network = new NoisyOr(priors, leaks, links);

    Diagnosis found = Diagnosis.of(network, Collections.nCopies(40, Finding.SEEN));

    assertFalse(found.isExact());
    assertTrue(found.posteriors()[0] > 0.999);
    assertTrue(found.inWords().contains("at most 3 causes at once"));
  }

  @Test
  void boundedIsCloseToExactWhereFewCausesAreThere() {
    for (int seed = 0; seed < 50; seed++) {
      var random = new SplittableRandom(seed);
      NoisyOr network = random(random, 8, 6, 0.4);
      List<Finding> seen = Collections.nCopies(6, Finding.SEEN);
      double[] on = new double[8];
      for (int i = 0; i < 8; i++) {
        on[i] = network.prior(i) * 0.01;
      }
      double[] exact = new double[8];
      double[] bounded = new double[8];

      for (DiagnosisPart part : DiagnosisPart.all(network, seen)) {
        part.exact(on, exact);
        part.bounded(on, bounded);
      }

      assertArrayEquals(exact, bounded, 1e-3, "seed " + seed);
    }
  }

  @Test
  void badNumbersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Link(0, 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NoisyOr(new double[] {0.1}, new double[] {0}, List.of()));
    assertThrows(
        IllegalArgumentException.class,
        () -> new NoisyOr(new double[] {0.1}, new double[] {0.1}, List.of(new Link(0, 1, 0.5))));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NoisyOr(
                new double[] {0.1},
                new double[] {0.1},
                List.of(new Link(0, 0, 0.5), new Link(0, 0, 0.6))));
  }
}

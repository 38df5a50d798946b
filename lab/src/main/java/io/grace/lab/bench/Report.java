package io.grace.lab.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/// Prints what was measured, and remembers whether a promise was missed. *Owned by the main
/// thread.*
public final class Report {
  private final PrintStream out;
  private int promises;
  private int missed;

  /// What is measured together.
  public interface Section {
    /// @param quick fewer entries, rounds and trials: for a look, not for the record
    void measure(Report report, boolean quick) throws Exception;
  }

  Report(PrintStream out) {
    this.out = out;
  }

  public void title(String text) {
    out.printf("%n%s%n", text);
  }

  /// One table of several, with the time it took.
  public void table(String title, boolean quick, Section table) throws Exception {
    title(title);
    long began = System.nanoTime();
    table.measure(this, quick);
    note("took %.0f s", (System.nanoTime() - began) / 1e9);
  }

  /// What is good to know and was not promised.
  public void note(String format, Object... values) {
    out.println("  " + String.format(Locale.ROOT, format, values));
  }

  /// A promise and what was found.
  public void promise(boolean isKept, String format, Object... values) {
    promises++;
    missed += isKept ? 0 : 1;
    note("%s  %s", isKept ? "PASS" : "MISS", String.format(Locale.ROOT, format, values));
  }

  boolean conclude() {
    out.printf("%n%d of %d promises kept%n", promises - missed, promises);
    return missed == 0;
  }

  public static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  /// By nearest rank, so that it is always a value that was measured.
  ///
  /// @param values at least one
  /// @param q in (0, 1]
  public static double quantile(List<Double> values, double q) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(q * sorted.size()) - 1));
  }
}

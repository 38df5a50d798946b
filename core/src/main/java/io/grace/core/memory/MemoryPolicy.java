package io.grace.core.memory;

import io.grace.core.model.Receipt;
import io.grace.core.model.Receipt.Ruling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Judges who may read what. Deny by default: a cell is read only if every rule lets it be.
/// *Immutable.*
///
/// Rules, in order: `quota`, `domain_isolation`, `cross_domain_trust`, `sensitive_content`,
/// `purpose`. Expiry is a matter of each single memory and is judged where they are found, as
/// `expiry`.
public final class MemoryPolicy {
  /// From here on a domain may read what others share.
  public static final double TRUST_NEEDED = 0.8;

  /// Trust of a domain of which nobody said anything: enough for its own memories only.
  public static final double TRUST_AT_FIRST = 0.5;

  /// What one attempt to read what is not shared costs.
  public static final double OVERREACH = 0.1;

  public static final MemoryPolicy STANDARD =
      new MemoryPolicy(
          Sharing.STANDARD,
          Map.of(
              DomainId.CORE, 100,
              DomainId.SELF_HEAL, 50,
              DomainId.KNOWLEDGE, 200,
              DomainId.ML, 150,
              DomainId.SECURITY, 100,
              DomainId.TEMPORAL, 80,
              DomainId.TRANSCENDENCE, 120,
              DomainId.PARLIAMENT, 60,
              DomainId.COGNITION, 90,
              DomainId.FEDERATION, 70));

  private final Sharing sharing;
  private final Map<DomainId, Integer> quotas;

  /// @param quotas requests within any minute; a domain that is not listed has none
  public MemoryPolicy(Sharing sharing, Map<DomainId, Integer> quotas) {
    this.sharing = sharing;
    var copy = new EnumMap<DomainId, Integer>(DomainId.class);
    copy.putAll(quotas);
    this.quotas = Collections.unmodifiableMap(copy);
  }

  public MemoryPolicy withQuotas(Map<DomainId, Integer> other) {
    return new MemoryPolicy(sharing, other);
  }

  public int quota(DomainId domain) {
    return quotas.getOrDefault(domain, 0);
  }

  /// How much of such memories a domain with so much trust may see, whatever for: the isolation
  /// matrix.
  public Access access(DomainId reader, Cell cell, double trust) {
    if (reader == cell.owner()) {
      return Access.FULL;
    }
    if (!sharing.isShared(cell.owner(), cell.type(), reader) || !(trust >= TRUST_NEEDED)) {
      return Access.DENIED;
    }
    return switch (cell.sensitivity()) {
      case ORDINARY -> Access.CROSS_DOMAIN;
      case SENSITIVE -> Access.RESTRICTED;
      case SECRET -> Access.DENIED;
    };
  }

  /// Whether a domain may ask at all now.
  public Receipt quota(DomainId domain, Standing standing) {
    int quota = quota(domain);
    boolean isFree = standing.used() < quota;
    return new Receipt(
        "quota",
        isFree ? Ruling.PASSED : Ruling.DENIED,
        domain + " had " + standing.used() + " of " + quota + " requests within the last minute");
  }

  public Verdict judge(Recall recall, Standing standing) {
    DomainId reader = recall.who().domain();
    Receipt quota = quota(reader, standing);
    if (quota.ruling() == Ruling.DENIED) {
      return new Verdict.Denied(quota.rule(), quota.why(), List.of(quota));
    }
    var sieve = new Sieve(recall, standing.trust());
    var receipts = new ArrayList<Receipt>();
    receipts.add(quota);
    receipts.addAll(sieve.receipts());
    if (!sieve.left.isEmpty()) {
      return new Verdict.Granted(new Grant(sieve.left), receipts);
    }
    // The last: what it kept back had passed all others.
    Receipt no =
        receipts.stream()
            .filter(r -> r.ruling() == Ruling.DENIED)
            .reduce((_, later) -> later)
            .orElseThrow();
    return new Verdict.Denied(no.rule(), no.why(), receipts);
  }

  /// Sorts the cells that are asked for by the first rule that denies them.
  private final class Sieve {
    final TreeMap<Cell, Access> left = new TreeMap<>();
    private final TreeSet<String> isolated = new TreeSet<>();
    private final TreeSet<String> distrusted = new TreeSet<>();
    private final TreeSet<String> sensitive = new TreeSet<>();
    private final TreeSet<String> unfit = new TreeSet<>();
    private final Recall recall;
    private final double trust;

    Sieve(Recall recall, double trust) {
      this.recall = recall;
      this.trust = trust;
      for (DomainId owner : recall.owners()) {
        for (MemoryType type : recall.types()) {
          for (Sensitivity sensitivity : Sensitivity.values()) {
            take(new Cell(owner, type, sensitivity));
          }
        }
      }
    }

    private void take(Cell cell) {
      DomainId reader = recall.who().domain();
      boolean isOwn = reader == cell.owner();
      Access access = access(reader, cell, trust);
      if (access != Access.DENIED && recall.purpose().fits(cell.sensitivity())) {
        left.put(cell, access);
      } else if (access != Access.DENIED) {
        unfit.add(cell.sensitivity() + " of " + cell.owner());
      } else if (!isOwn && !sharing.isShared(cell.owner(), cell.type(), reader)) {
        isolated.add(cell.type() + " of " + cell.owner());
      } else if (!(trust >= TRUST_NEEDED)) {
        distrusted.add(cell.type() + " of " + cell.owner());
      } else {
        sensitive.add(cell.sensitivity() + " of " + cell.owner());
      }
    }

    List<Receipt> receipts() {
      DomainId reader = recall.who().domain();
      return List.of(
          receipt("domain_isolation", isolated, "not shared with " + reader),
          receipt(
              "cross_domain_trust",
              distrusted,
              "trust of " + reader + " is " + shown(trust) + " and must be " + TRUST_NEEDED),
          receipt("sensitive_content", sensitive, "for its own domain alone"),
          receipt("purpose", unfit, "not to be used for " + recall.purpose()));
    }

    /// Where something is left, a rule that takes away only narrows.
    private Receipt receipt(String rule, TreeSet<String> denied, String why) {
      if (denied.isEmpty()) {
        return new Receipt(rule, Ruling.PASSED, "keeps nothing back");
      }
      return new Receipt(
          rule,
          left.isEmpty() ? Ruling.DENIED : Ruling.PASSED,
          "keeps back " + String.join(", ", denied) + ": " + why);
    }
  }

  private static String shown(double trust) {
    return Double.toString(Math.floor(trust * 1000) / 1000);
  }
}

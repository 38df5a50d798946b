package io.grace.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.memory.Verdict.Denied;
import io.grace.core.memory.Verdict.Granted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who may see how much of what, as a table that people can read: every reader, owner, type, trust,
/// sensitivity and purpose.
class IsolationMatrixTest {
  private static final Path TABLE = Path.of("src/test/resources/isolation-matrix.txt");
  private static final double[] TRUSTS = {0, 0.5, 0.79, 0.8, 1};
  private static final MemoryPolicy POLICY = MemoryPolicy.STANDARD;

  @Test
  void matrixIsTheCheckedInOne() throws IOException {
    String table = table();
    if (Boolean.getBoolean("grace.update")) {
      Files.createDirectories(TABLE.getParent());
      Files.writeString(TABLE, table);
    }
    assertEquals(
        Files.exists(TABLE) ? Files.readString(TABLE) : "",
        table,
        "who may read what changed; if that is meant, update "
            + TABLE
            + " with -Dgrace.update=true and look at the difference");
  }

  /// The table is of single cells; a whole request must grant what the table says and no more.
  @Test
  void requestsAreJudgedAsTheMatrixSays() {
    int judged = 0;
    for (DomainId reader : DomainId.values()) {
      for (double trust : TRUSTS) {
        for (Purpose purpose : Purpose.values()) {
          for (DomainId owner : DomainId.values()) {
            for (MemoryType type : MemoryType.values()) {
              var verdict = judge(reader, trust, purpose, owner, type);
              for (Sensitivity sensitivity : Sensitivity.values()) {
                var cell = new Cell(owner, type, sensitivity);
                Access wanted =
                    purpose.fits(sensitivity) ? POLICY.access(reader, cell, trust) : Access.DENIED;
                assertEquals(
                    wanted, granted(verdict, cell), reader + " " + trust + " " + purpose + cell);
                judged++;
              }
            }
          }
        }
      }
    }
    assertEquals(10 * 5 * 6 * 10 * 4 * 3, judged);
  }

  @Test
  void whatIsNotListedIsDenied() {
    var none = new MemoryPolicy(Sharing.NONE, Map.of(DomainId.CORE, 1));

    for (int i = 0; i < Cell.COUNT; i++) {
      Cell cell = Cell.of(i);
      for (DomainId reader : DomainId.values()) {
        assertEquals(
            reader == cell.owner() ? Access.FULL : Access.DENIED, none.access(reader, cell, 1));
      }
    }
    assertEquals(0, none.quota(DomainId.SECURITY), "no quota is listed, so there is none");
  }

  @Test
  void trustThatIsNoNumberIsNoTrust() {
    var cell = new Cell(DomainId.KNOWLEDGE, MemoryType.SEMANTIC, Sensitivity.ORDINARY);

    assertEquals(Access.DENIED, POLICY.access(DomainId.ML, cell, Double.NaN));
    assertEquals(Access.DENIED, POLICY.access(DomainId.ML, cell, Math.nextDown(0.8)));
    assertEquals(Access.CROSS_DOMAIN, POLICY.access(DomainId.ML, cell, 0.8));
  }

  private static Verdict judge(
      DomainId reader, double trust, Purpose purpose, DomainId owner, MemoryType type) {
    return POLICY.judge(
        new Recall(
            new Credential(reader, "test"),
            purpose,
            "",
            Set.of(),
            Set.of(owner),
            Set.of(type),
            Optional.empty(),
            Optional.empty(),
            10),
        new Standing(trust, 0));
  }

  private static Access granted(Verdict verdict, Cell cell) {
    return switch (verdict) {
      case Granted(Grant grant, _) -> grant.access(cell);
      case Denied _ -> Access.DENIED;
    };
  }

  private static String table() {
    var text = new StringBuilder();
    text.append("Who sees how much: F full, C cross_domain, R restricted, . denied.\n");
    text.append("In each field ordinary, sensitive, secret; one field for each trust of ");
    for (double trust : TRUSTS) {
      text.append(trust).append(' ');
    }
    text.append("\n");
    for (DomainId reader : DomainId.values()) {
      text.append(String.format("%n%-18s", reader + " reads"));
      for (MemoryType type : MemoryType.values()) {
        text.append(String.format("%-21s", type.name().toLowerCase(java.util.Locale.ROOT)));
      }
      text.append('\n');
      for (DomainId owner : DomainId.values()) {
        text.append(String.format("  %-16s", owner));
        for (MemoryType type : MemoryType.values()) {
          for (double trust : TRUSTS) {
            for (Sensitivity sensitivity : Sensitivity.values()) {
              text.append(letter(POLICY.access(reader, new Cell(owner, type, sensitivity), trust)));
            }
            text.append(' ');
          }
          text.append(' ');
        }
        text.append('\n');
      }
    }
    text.append("\nWhat fits a purpose, x, on top of that: ordinary, sensitive, secret\n");
    for (Purpose purpose : Purpose.values()) {
      text.append(String.format("  %-16s", purpose.name().toLowerCase(java.util.Locale.ROOT)));
      for (Sensitivity sensitivity : Sensitivity.values()) {
        text.append(purpose.fits(sensitivity) ? 'x' : '.');
      }
      text.append('\n');
    }
    text.append("\nRequests per minute:");
    var quotas = new EnumMap<DomainId, Integer>(DomainId.class);
    for (DomainId domain : DomainId.values()) {
      quotas.put(domain, POLICY.quota(domain));
    }
    return text.append(' ').append(quotas).append('\n').toString().replaceAll(" +\n", "\n");
  }

  private static char letter(Access access) {
    return switch (access) {
      case FULL -> 'F';
      case CROSS_DOMAIN -> 'C';
      case RESTRICTED -> 'R';
      case DENIED -> '.';
    };
  }
}

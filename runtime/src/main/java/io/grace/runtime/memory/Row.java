package io.grace.runtime.memory;

import io.grace.core.memory.Cell;
import io.grace.core.memory.Memory;
import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore.Use;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A memory as columns.
final class Row {
  static final int COLUMNS = 7;

  private Row() {}

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static void bind(PreparedStatement insert, Memory memory, @Nullable Use use) throws SQLException {
    insert.setBytes(1, memory.id().bytes());
    insert.setInt(2, memory.cell().index());
    insert.setLong(3, micros(memory.at()));
    if (memory.expires().isPresent()) {
      insert.setLong(4, micros(memory.expires().get()));
    } else {
      insert.setNull(4, java.sql.Types.BIGINT);
    }
    insert.setDouble(5, memory.trust());
    insert.setString(6, String.join("\n", memory.context()));
    insert.setString(7, memory.content());
    insert.setLong(8, use == null ? 0 : use.count());
    insert.setLong(9, use == null ? 0 : micros(use.last()));
  }

  /// @param row begins with id, cell, at, expires, trust, context and content
  static Memory memory(ResultSet row) throws SQLException {
    long expires = row.getLong(4);
    Optional<Instant> end = row.wasNull() ? Optional.empty() : Optional.of(instant(expires));
    return new Memory(
        Hash.of(row.getBytes(1)),
        Cell.of(row.getInt(2)),
        row.getString(7),
        words(row.getString(6)),
        row.getDouble(5),
        instant(row.getLong(3)),
        end);
  }

  static Set<String> words(String context) {
    return context.isEmpty() ? Set.of() : new HashSet<>(Arrays.asList(context.split("\n", -1)));
  }
}

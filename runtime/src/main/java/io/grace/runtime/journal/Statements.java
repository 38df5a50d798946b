package io.grace.runtime.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/// The prepared statements of the writer's connection. *Owned by the writer.*
@FunctionalInterface
public interface Statements {
  /// Prepared once for as long as the connection lives; not to be closed, and its batch to be left
  /// empty.
  PreparedStatement of(String sql) throws SQLException;
}

package io.grace.runtime.loop;

/// Ends listening to what becomes durable; ending it cannot fail. *Thread-safe.*
@FunctionalInterface
public interface Listening extends AutoCloseable {
  @Override
  void close();
}

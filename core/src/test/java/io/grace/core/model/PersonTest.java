package io.grace.core.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PersonTest {
  @Test
  void bothWaysInAreOnePerson() {
    assertTrue(Person.isSame("alice", "oidc:alice"));
    assertTrue(Person.isSame("oidc:Alice", "alice"));
  }

  @Test
  void othersAreOthers() {
    assertFalse(Person.isSame("alice", "bob"));
    assertFalse(Person.isSame("alice", "oidc:bob"));
    assertFalse(Person.isSame("oidc:alice", "oidc:bob"));
  }

  @Test
  void sameWayInIsTakenToTheLetter() {
    assertFalse(Person.isSame("alice", "Alice"));
    assertTrue(Person.isSame("oidc:alice", "oidc:alice"));
  }
}

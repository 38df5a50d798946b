package io.grace.core.loop;

/// Whether what a stage looks at is the same as when it last found nothing to do. *Owned by the
/// loop thread.*
///
/// Parts of a snapshot that no event touched are the same objects, so identity tells; a stage that
/// looks at nothing else need not look again.
final class Unchanged {
  private Object[] looked = {};

  boolean since(Object... parts) {
    if (parts.length != looked.length) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] != looked[i]) {
        return false;
      }
    }
    return true;
  }

  void remember(Object... parts) {
    looked = parts.clone();
  }
}

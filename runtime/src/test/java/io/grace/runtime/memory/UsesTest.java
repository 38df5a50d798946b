package io.grace.runtime.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /// Ids that want neighbouring places, so that they stand in each other's way.
  private static List<Hash> crowd(SplittableRandom random, int many) {
    var ids = new ArrayList<Hash>();
    for (int i = 0; i < many; i++) {
      String free = Hash.sha256("id " + i).value();
      String home = "%03x".formatted(random.nextInt(40) + (i % 2 == 0 ? 0 : 1_000));
      ids.add(new Hash(free.substring(0, 13) + home + free.substring(16)));
    }
    return ids;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverIsTouchedPutAndRemovedItIsAsAMapWouldHaveIt(long seed) {
    var random = new SplittableRandom(seed);
    List<Hash> ids = crowd(random, 3_000);
    var uses = new Uses();
    Map<Hash, Use> model = new HashMap<>();

    for (int i = 0; i < 40_000; i++) {
      Hash id = ids.get(random.nextInt(ids.size()));
      Instant at = NOON.plusSeconds(random.nextInt(1_000));
      switch (random.nextInt(4)) {
        case 0 -> {
          uses.remove(id);
          model.remove(id);
        }
        case 1 -> {
          var use = new Use(1 + random.nextInt(9), at);
          uses.put(id, use);
          model.put(id, use);
        }
        default -> {
          var before = model.getOrDefault(id, new Use(0, at));
          var use = new Use(before.count() + 1, before.last().isAfter(at) ? before.last() : at);
          model.put(id, use);
          assertEquals(use, uses.touch(id, at));
        }
      }
    }

    for (Hash id : ids) {
      assertEquals(Optional.ofNullable(model.get(id)), uses.get(id));
    }
  }
}

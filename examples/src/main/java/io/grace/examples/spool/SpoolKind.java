package io.grace.examples.spool;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.Eye;
import io.grace.domains.Eye.Measured;
import io.grace.domains.Hands;
import io.grace.domains.Text;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.House;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A folder whose files are sent and taken away by somebody else, unless a stale lock stops them.
public final class SpoolKind implements DomainKind {
  private static final ServiceId SPOOL = new ServiceId("spool");
  private static final ActionSpec SET_ASIDE =
      new ActionSpec("set_lock_aside", "spool", Map.of(), Impact.LOW, true, Set.of(SPOOL));
  private static final ActionSpec PUT_BACK =
      new ActionSpec("put_lock_back", "spool", Map.of(), Impact.LOW, true, Set.of(SPOOL));

  @Override
  public String name() {
    return "spool";
  }

  @Override
  public String definition() {
    return Text.definition(SpoolKind.class);
  }

  @Override
  public List<ActionSpec> actions() {
    return List.of(SET_ASIDE, PUT_BACK);
  }

  @Override
  public Domain open(JsonNode settings, House house) throws IOException {
    Path folder = house.resolve(settings.path("folder").asString("spool"));
    File lock = folder.resolve("lock").toFile();
    File aside = folder.resolve("lock.aside").toFile();
    Map<String, Hands.Deed> deeds =
        Map.of(
            "set_lock_aside", _ -> rename(lock, aside),
            "put_lock_back", _ -> rename(aside, lock));
    return new Spool(lock, Hands.of("spool", actions(), deeds, house.directory()));
  }

  private static Result rename(File from, File to) {
    return from.renameTo(to)
        ? new Result.Done(from.getName() + " is now " + to.getName())
        : new Result.Failed("there is no " + from, false);
  }

  private record Spool(File lock, Hands own) implements Domain {
    @Override
    public List<TelemetrySource> eyes() {
      return List.of(new Eye("domain spool", Duration.ofSeconds(1), this::read));
    }

    private List<Measured> read(Instant now) {
      long at = lock.lastModified(); // 0 if there is none
      double age = at == 0 ? 0 : Math.max(0, (now.toEpochMilli() - at) / 1000.0);
      return List.of(new Measured(SPOOL, "spool_lock_age_s", age));
    }

    @Override
    public Optional<ActionProvider> hands() {
      return Optional.of(own);
    }

    @Override
    public void close() {
      // Nothing of it runs by itself.
    }
  }
}

package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.guard.Problem;
import io.grace.core.memory.Cell;
import io.grace.core.memory.Credential;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.Memory;
import io.grace.core.memory.MemoryType;
import io.grace.core.memory.Purpose;
import io.grace.core.memory.Recall;
import io.grace.core.memory.Sensitivity;
import io.grace.core.model.Hash;
import io.grace.core.model.Receipt;
import io.grace.core.state.MemoryUse;
import io.grace.runtime.memory.Answer;
import io.grace.runtime.memory.Broker;
import io.grace.runtime.memory.Signed;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// What domains remember, and who is told. Which domain asks is known from its token, never from
/// the request.
@RestController
public final class MemoryApi {
  private static final int USUAL_LIMIT = 10;

  private final Backend backend;
  private final InstantSource clock;

  MemoryApi(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.clock = clock;
  }

  /// @param purpose such as `incident`
  /// @param query in words; the newest if it is missing
  /// @param domains whose memories; the own ones if it is missing
  /// @param types all if it is missing
  public record RecallBody(
      @Nullable String purpose,
      @Nullable String query,
      @Nullable List<String> context,
      @Nullable List<String> domains,
      @Nullable List<String> types,
      @Nullable Instant from,
      @Nullable Instant until,
      @Nullable Integer limit) {}

  /// @param signed canonical JSON of what is told; the signature is over `grace-memory-v1`, a line
  ///   feed and exactly this text
  /// @param key the journal's key that signed
  /// @param signature Ed25519, in base64
  public record SignedView(String signed, String key, String signature) {
    static SignedView of(Signed<?> value) {
      return new SignedView(value.text(), value.keyId(), value.signature());
    }
  }

  /// Tells memories that the own domain may see, signed; the grant is in the journal before.
  @PostMapping("/api/memory/recall")
  public SignedView recall(@RequestBody RecallBody body, Principal person) {
    Credential who = credential(person);
    Recall recall =
        made(() ->
            new Recall(
                who,
                word("purpose", body.purpose(), Purpose::valueOf),
                orEmpty(body.query()),
                words(body.context()),
                all("domains", body.domains(), DomainId::valueOf),
                all("types", body.types(), MemoryType::valueOf),
                Optional.ofNullable(body.from()),
                Optional.ofNullable(body.until()),
                body.limit() == null ? USUAL_LIMIT : body.limit()));
    return switch (answered(broker -> broker.recall(recall))) {
      case Answer.Recalled(var told) -> SignedView.of(told);
      case Answer other -> throw refused(other);
    };
  }

  /// @param sensitivity `ordinary` if it is missing
  /// @param trust how far it may be relied on, in [0, 1]; 1 if it is missing
  /// @param expires never if it is missing
  public record RememberBody(
      @Nullable String type,
      @Nullable String sensitivity,
      @Nullable String content,
      @Nullable List<String> context,
      @Nullable Double trust,
      @Nullable Instant expires) {}

  /// @param id by which it can be forgotten
  public record RememberedView(String id) {}

  /// Keeps something for the own domain.
  @PostMapping("/api/memory/remember")
  public RememberedView remember(@RequestBody RememberBody body, Principal person) {
    Credential who = credential(person);
    Memory memory =
        made(() ->
            Memory.of(
                new Cell(
                    who.domain(),
                    word("type", body.type(), MemoryType::valueOf),
                    body.sensitivity() == null
                        ? Sensitivity.ORDINARY
                        : word("sensitivity", body.sensitivity(), Sensitivity::valueOf)),
                orEmpty(body.content()),
                words(body.context()),
                body.trust() == null ? 1 : body.trust(),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Optional.ofNullable(body.expires()).map(e -> e.truncatedTo(ChronoUnit.MICROS))));
    return switch (answered(broker -> broker.remember(who, memory))) {
      case Answer.Kept(Hash id) -> new RememberedView(id.value());
      case Answer other -> throw refused(other);
    };
  }

  public record ForgetBody(@Nullable List<String> ids, @Nullable String reason) {}

  /// Forgets memories of the own domain for good; answers with the signed proof.
  @PostMapping("/api/memory/forget")
  public SignedView forget(@RequestBody ForgetBody body, Principal person) {
    Credential who = credential(person);
    String reason = Inputs.reason(body.reason());
    List<Hash> ids =
        Optional.ofNullable(body.ids()).orElse(List.of()).stream()
            .map(Inputs::hash)
            .distinct()
            .toList();
    return switch (answered(broker -> made(() -> broker.forget(who, ids, reason)))) {
      case Answer.Forgot(var proof) -> SignedView.of(proof);
      case Answer other -> throw refused(other);
    };
  }

  public record TrustBody(
      @Nullable String domain, @Nullable Double trust, @Nullable String reason) {}

  /// Says how far a domain may be trusted from now on.
  @PostMapping("/api/memory/trust")
  public PatternsView trust(@RequestBody TrustBody body, Principal person) {
    String reason = Inputs.reason(body.reason());
    DomainId domain = word("domain", body.domain(), DomainId::valueOf);
    if (body.trust() == null || !(body.trust() >= 0 && body.trust() <= 1)) {
      throw Refusal.invalid("trust must be in [0, 1]: " + body.trust());
    }
    double trust = body.trust();
    if (!answered(broker -> broker.trust(domain, trust, person.getName(), reason))) {
      throw new Refusal(Problem.unavailable("not-recorded", "trust could not be recorded"));
    }
    return patterns();
  }

  /// @param domains how each uses memories
  public record PatternsView(List<DomainView> domains, PrefetchView prefetch) {}

  /// @param quota requests per minute
  /// @param used within the last minute
  public record DomainView(
      String domain,
      double trust,
      int quota,
      int used,
      long granted,
      long denied,
      long throttled,
      long overreached,
      List<HabitView> habits) {}

  /// @param shape the hash of a kind of request
  /// @param next what is likely to follow it, and is searched ahead
  public record HabitView(
      String shape, String purpose, int count, Instant last, Optional<String> next) {}

  /// @param fetched searches done ahead in this life
  /// @param used requests that were served by one
  /// @param stale searches ahead that were of no use any more
  public record PrefetchView(long fetched, long used, long stale, int waiting) {}

  /// How memories are used, and what is searched ahead because of it.
  @GetMapping("/api/memory/patterns")
  public PatternsView patterns() {
    return patterns(broker(), clock.instant());
  }

  public static PatternsView patterns(Broker broker, Instant now) {
    var patterns = broker.patterns();
    var domains =
        broker.quotas().entrySet().stream()
            .map(q -> {
              var use = patterns.uses().getOrDefault(q.getKey(), MemoryUse.NONE);
              return view(q.getKey(), use, q.getValue(), now);
            })
            .toList();
    var p = patterns.prefetch();
    return new PatternsView(
        domains, new PrefetchView(p.fetched(), p.used(), p.stale(), p.waiting()));
  }

  private static DomainView view(DomainId domain, MemoryUse use, int quota, Instant now) {
    return new DomainView(
        domain.value(),
        use.trust(),
        quota,
        use.standing(now).used(),
        use.granted(),
        use.denied(),
        use.throttled(),
        use.overreached(),
        use.habits().stream()
            .map(h ->
                new HabitView(
                    h.shape().value(),
                    h.purpose().name().toLowerCase(Locale.ROOT),
                    h.count(),
                    h.last(),
                    use.next(h.shape()).map(Hash::value)))
            .toList());
  }

  // ---- who asks

  private Broker broker() {
    return backend
        .memories()
        .orElseThrow(() ->
            new Refusal(
                Problem.unavailable(
                    "no-memories", "no token in grace.yaml has a domain, so there are none")));
  }

  private Credential credential(Principal person) {
    return backend.tokens().stream()
        .filter(token -> token.name().equals(person.getName()))
        .flatMap(token -> token.domain().stream())
        .map(domain -> new Credential(domain, person.getName()))
        .findFirst()
        .orElseThrow(() ->
            new Refusal(
                Problem.forbidden("the token of " + person.getName() + " is of no domain")));
  }

  private interface Ask<T> {
    T of(Broker broker) throws InterruptedException;
  }

  private <T> T answered(Ask<T> ask) {
    try {
      return ask.of(broker());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Refusal(Problem.unavailable("stopping", "GRACE is stopping"));
    }
  }

  private static Refusal refused(Answer answer) {
    return switch (answer) {
      case Answer.Refused(String rule, String why, var receipts) ->
          new Refusal(
              rule.equals("quota")
                  ? new Problem(429, "quota", "Too many requests", why)
                  : new Problem(
                      403,
                      "memory-denied",
                      "Not allowed",
                      why,
                      Map.of("rule", rule, "policies", said(receipts))));
      case Answer.Unavailable(String why) ->
          new Refusal(Problem.unavailable("not-recorded", "nothing was handed out: " + why));
      case Answer.Recalled _, Answer.Kept _, Answer.Forgot _ ->
          throw new IllegalStateException("answered otherwise than asked: " + answer);
    };
  }

  private static List<String> said(List<Receipt> receipts) {
    return receipts.stream().map(r -> r.rule() + ": " + r.why()).toList();
  }

  // ---- values

  private interface Making<T> {
    T make() throws InterruptedException;
  }

  private static <T> T made(Making<T> making) {
    try {
      return making.make();
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Refusal(Problem.unavailable("stopping", "GRACE is stopping"));
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static Set<String> words(@Nullable List<String> words) {
    return words == null ? Set.of() : new HashSet<>(words);
  }

  private static <T> Set<T> all(
      String name, @Nullable List<String> words, Function<String, T> parse) {
    var all = new HashSet<T>();
    for (String word : words == null ? List.<String>of() : words) {
      all.add(word(name, word, parse));
    }
    return all;
  }

  private static <T> T word(String name, @Nullable String word, Function<String, T> parse) {
    if (word == null) {
      throw Refusal.invalid(name + " is missing");
    }
    try {
      if (word.equals(word.toLowerCase(Locale.ROOT))) {
        return parse.apply(word.toUpperCase(Locale.ROOT));
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw Refusal.invalid(
        name + " has no such value: " + word.substring(0, Math.min(40, word.length())));
  }
}

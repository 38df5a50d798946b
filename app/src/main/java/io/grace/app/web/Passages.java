package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.web.IncidentViews.IncidentView;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.ServiceId;
import io.grace.domains.knowledge.Found;
import io.grace.domains.knowledge.Knowledge;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What runbooks, post-mortems and catalogues say about an incident. *Thread-safe.*
public final class Passages {
  private static final Logger LOG = LoggerFactory.getLogger(Passages.class);

  /// More are not read at three in the morning.
  private static final int MOST = 3;

  /// Incidents of which it is remembered what was shown.
  private static final int REMEMBERED = 200;

  private final Backend backend;
  private final ReentrantLock lock = new ReentrantLock();

  /// What was shown of each diagnosis: asking counts as showing, so a page that is loaded again
  /// asks no second time. Guarded by the lock.
  private final Map<String, List<PassageView>> shown =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<PassageView>> eldest) {
          return size() > REMEMBERED;
        }
      };

  Passages(Backend backend) {
    this.backend = backend;
  }

  /// A passage that fits.
  ///
  /// @param revision the commit that it was read from; empty for a folder
  /// @param score in [0, 1], for comparison within one answer only
  /// @param trust of the source, in [0, 1]
  public record PassageView(
      String heading,
      String text,
      String source,
      String path,
      String revision,
      double score,
      double trust,
      String why,
      List<String> alsoIn) {
    static PassageView of(Found f) {
      return new PassageView(
          f.heading(),
          f.text(),
          f.source(),
          f.path(),
          f.revision(),
          f.score(),
          f.trust(),
          f.why(),
          f.alsoIn());
    }
  }

  /// The three that fit best, the best first; empty if the team does not want the domain
  /// `knowledge`.
  Optional<List<PassageView>> of(IncidentView incident) {
    Optional<Knowledge> knowledge = backend.domain(Knowledge.class);
    if (knowledge.isEmpty() || incident.diagnosis().isEmpty()) {
      return knowledge.map(_ -> List.of());
    }
    var kind = new DiagnosisKind(incident.diagnosis().get().kind());
    lock.lock();
    try {
      String key = incident.id() + "/" + kind;
      if (!shown.containsKey(key)) {
        shown.put(
            key,
            knowledge.get().passages(kind, new ServiceId(incident.service()), MOST).stream()
                .map(PassageView::of)
                .toList());
      }
      return Optional.of(shown.getOrDefault(key, List.of()));
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("knowledge cannot be searched; the incident shows none of it");
      return Optional.of(List.of());
    } finally {
      lock.unlock();
    }
  }
}

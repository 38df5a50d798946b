package io.grace.app;

import io.grace.app.Wiring.Fault;
import io.grace.app.offline.Offline;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// The server's command line.
public final class Grace {
  private static final Logger LOG = LoggerFactory.getLogger(Grace.class);

  static final int OK = 0;

  /// Told to people and written into the journal at the start of each life.
  private static final String VERSION = "0.1.0";

  /// The configuration is wrong, or the node cannot start.
  static final int REFUSED = 1;

  static final int WRONG_USAGE = 2;

  private static final String USAGE =
      """
      Usage: grace serve [--config grace.yaml]           starts the server
             grace check [--config grace.yaml] [--json]  checks the configuration only\
      """;

  private final Wiring wiring;
  private final PrintStream out;
  private final PrintStream err;

  Grace(Wiring wiring, PrintStream out, PrintStream err) {
    this.wiring = wiring;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    Parent.follow(System.getenv("GRACE_PARENT_PID"));
    var wiring = new NodeWiring(System.getenv(), VERSION);
    List<String> words = List.of(args);
    if (Offline.knows(words)) {
      System.exit(Offline.run(words, System.out, System.err, System.getenv()));
    }
    int status = new Grace(wiring, System.out, System.err).run(words);
    if (status != OK || !words.contains("serve")) {
      System.exit(status);
    }
  }

  /// The exit status; after `serve` the server's own threads keep the process alive.
  int run(List<String> words) {
    return switch (Arguments.of(words)) {
      case Arguments.Help() -> {
        out.println(USAGE);
        yield OK;
      }
      case Arguments.Wrong(String why) -> {
        err.println("grace: " + why);
        err.println(USAGE);
        yield WRONG_USAGE;
      }
      case Arguments.Check(Path config, boolean asJson) -> check(config, asJson);
      case Arguments.Serve(Path config) -> serve(config);
    };
  }

  private int check(Path config, boolean asJson) {
    List<Fault> faults = wiring.check(config);
    if (asJson) {
      out.println(
          JsonMapper.shared()
              .writeValueAsString(Map.of("ok", faults.isEmpty(), "problems", faults)));
    } else if (faults.isEmpty()) {
      out.println(config + " is valid");
      wiring.explain(config).forEach(out::println);
    } else {
      faults.forEach(out::println);
    }
    return faults.isEmpty() ? OK : REFUSED;
  }

  private int serve(Path config) {
    try {
      var served = wiring.open(config);
      announce(Server.start(served.backend(), served.host(), served.port()));
      return OK;
    } catch (Wiring.Refused e) {
      e.faults().forEach(fault -> err.println("grace: " + fault));
      return REFUSED;
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("the server did not start; the node was stopped again");
      return REFUSED;
    }
  }

  private void announce(ConfigurableApplicationContext context) {
    String host = context.getEnvironment().getRequiredProperty("server.address");
    var mode = context.getBean(Backend.class).policy().ceiling();
    out.println(
        "GRACE is ready at http://"
            + (host.contains(":") ? "[" + host + "]" : host)
            + ":"
            + Server.port(context)
            + " (mode "
            + mode.name().toLowerCase(Locale.ROOT)
            + ")");
    out.flush();
  }
}

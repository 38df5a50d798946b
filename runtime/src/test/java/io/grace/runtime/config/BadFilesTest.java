package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every kind of mistake with the very words that a person reads.
class BadFilesTest {
  private static final String HEAD = "apiVersion: grace/v1\n";
  private static final String ORDERS = HEAD + "services:\n  orders: {}\n";

  static Stream<Arguments> mistakes() {
    return Stream.of(
        bad(
            "wrong enum",
            HEAD + "services:\n  orders:\n    mode: auto\n",
            "grace.yaml:4:5: services.orders.mode: must be one of observe, approve, autonomous: 'auto'"),
        bad(
            "unknown key",
            HEAD + "limts: {attempts: 2}\n",
            "grace.yaml:2:1: limts: unknown key, did you mean 'limits'?"),
        bad(
            "unknown nested key",
            HEAD + "limits:\n  atempts: 2\n",
            "grace.yaml:3:3: limits.atempts: unknown key, did you mean 'attempts'?"),
        bad("unknown far key", HEAD + "zebra: 1\n", "grace.yaml:2:1: zebra: unknown key"),
        bad("no apiVersion", "mode: observe\n", "grace.yaml:1:1: lacks 'apiVersion'"),
        bad(
            "wrong apiVersion",
            "apiVersion: grace/v2\n",
            "grace.yaml:1:1: apiVersion: must be grace/v1: 'grace/v2'"),
        bad("empty", "", "grace.yaml: is empty"),
        bad("a list", "- 1\n", "grace.yaml:1:1: must be a mapping: a list"),
        bad(
            "duplicate key",
            HEAD + "mode: observe\nmode: approve\n",
            "grace.yaml:3:1: mode: is there twice, first in line 2"),
        bad(
            "not YAML",
            HEAD + "mode: [observe\n",
            "grace.yaml:3:1: is not YAML: expected ',' or ']', but got <stream end>"),
        bad(
            "tab",
            HEAD + "limits:\n\tattempts: 2\n",
            "grace.yaml:3:1: is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)"),
        bad(
            "wrong type",
            HEAD + "server: {port: many}\n",
            "grace.yaml:2:10: server.port: must be a whole number: 'many'"),
        bad(
            "out of range",
            HEAD + "meta: {cycle_seconds: 5}\n",
            "grace.yaml:2:8: meta.cycle_seconds: must be from 30 to 600: 5"),
        bad(
            "bad duration",
            HEAD + "limits:\n  run_timeout: 10 minutes\n",
            "grace.yaml:3:3: limits.run_timeout: must be a duration such as 500ms, 30s, 5m or 2h: '10 minutes'"),
        bad(
            "too long a run",
            HEAD + "limits:\n  run_timeout: 2h\n",
            "grace.yaml:3:3: limits.run_timeout: must be at most 60 minutes: 2h"),
        bad(
            "half-open range",
            HEAD + "limits: {backoff_jitter: 1}\n",
            "grace.yaml:2:10: limits.backoff_jitter: must be at least 0 and less than 1: 1"),
        bad(
            "recursive alias",
            HEAD + "services: &s\n  orders: *s\n",
            "grace.yaml:3:3: services.orders: must not contain itself through an alias"),
        bad(
            "unknown tag",
            HEAD + "mode: !!java.lang.Runtime observe\n",
            "grace.yaml:2:1: mode: must not have the tag 'tag:yaml.org,2002:java.lang.Runtime'"),
        bad(
            "foreseen yes or no",
            HEAD + "metrics:\n  up: {foresee: true}\n",
            "grace.yaml:3:3: metrics.up: a metric of yes or no cannot be foreseen"),
        bad(
            "name of a forecast",
            HEAD
                + "metrics:\n"
                + "  cpu_ratio_ahead: {unit: ratio, direction: higher_is_worse, degraded: 1, critical: 1}\n",
            "grace.yaml:3:3: metrics.cpu_ratio_ahead: is a name for a forecast; write foresee: true at"
                + " the metric itself"),
        bad(
            "unknown dependency",
            HEAD + "services:\n  orders:\n    depends_on: [paymets]\n  payments: {}\n",
            "grace.yaml:4:18: services.orders.depends_on[0]: unknown service 'paymets', did you mean 'payments'?"),
        bad(
            "self dependency",
            HEAD + "services:\n  orders:\n    depends_on: [orders]\n",
            "grace.yaml:3:3: services.orders: orders cannot depend on itself"),
        bad(
            "bad service name",
            HEAD + "services:\n  'or ders': {}\n",
            "grace.yaml:3:3: services['or ders']: service must be 1–120 of letters, digits, '.', '_', '-': 'or ders'"),
        bad(
            "unknown playbook",
            HEAD + "services:\n  orders:\n    modes: {restart_servise: observe}\n",
            "grace.yaml:4:13: services.orders.modes.restart_servise: unknown playbook 'restart_servise', did you mean 'restart_service'?"),
        bad(
            "unknown parameter",
            HEAD + "services:\n  orders:\n    playbooks:\n      rollback_flag: {flags: a}\n",
            "grace.yaml:5:23: services.orders.playbooks.rollback_flag.flags: rollback_flag has no parameter 'flags', did you mean 'flag'?"),
        bad(
            "parameter out of bounds",
            HEAD
                + "services:\n  orders:\n    playbooks:\n      rollback_flag: {flag: New-Pricing}\n",
            "grace.yaml:5:23: services.orders.playbooks.rollback_flag.flag: must be a text matching ^[a-z_]+$: 'New-Pricing'"),
        bad(
            "parameter type",
            HEAD
                + "services:\n  orders:\n    playbooks:\n      increase_logging: {ttl_min: true}\n",
            "grace.yaml:5:26: services.orders.playbooks.increase_logging.ttl_min: must be a whole number from 1 to 120: true"),
        bad(
            "new metric",
            HEAD + "metrics:\n  depth: {unit: messages}\n",
            "grace.yaml:3:3: metrics.depth: a new metric lacks direction, degraded, critical"),
        bad(
            "metric order",
            HEAD + "metrics:\n  latency_ms: {degraded: 2000}\n",
            "grace.yaml:3:3: metrics.latency_ms: latency_ms: critical must be at least as bad as degraded: 1000.0, 2000.0"),
        bad(
            "triage metric",
            HEAD + "triage:\n  latency_spike: latncy_ms > 5\n",
            "grace.yaml:3:3: triage.latency_spike: unknown metric 'latncy_ms', did you mean 'latency_ms'?"),
        bad(
            "triage form",
            HEAD + "triage:\n  latency_spike: high\n",
            "grace.yaml:3:3: triage.latency_spike: must be a check such as error_ratio < 0.05: 'high'"),
        bad(
            "zone",
            HEAD + "calendar:\n  zone: Europe/Berln\n",
            "grace.yaml:3:3: calendar.zone: unknown time zone 'Europe/Berln', did you mean 'Europe/Berlin'?"),
        bad(
            "windows text",
            HEAD + "calendar:\n  change_windows: never\n",
            "grace.yaml:3:3: calendar.change_windows: must be always or a list of windows: 'never'"),
        bad(
            "empty window",
            HEAD + "calendar:\n  change_windows:\n    - name: any\n",
            "grace.yaml:4:7: calendar.change_windows[0]: says nothing about when; give at least one of dates, days_of_month, months, times, weekdays, years"),
        bad(
            "weekday",
            HEAD + "calendar:\n  change_windows:\n    - {name: w, weekdays: ['monday:frday']}\n",
            "grace.yaml:4:28: calendar.change_windows[0].weekdays[0]: must be a weekday such as monday, or from:to: 'monday:frday'"),
        bad(
            "reversed times",
            HEAD
                + "calendar:\n  change_windows:\n    - name: night\n      times: [{start_time: '22:00', end_time: '06:00'}]\n",
            "grace.yaml:5:15: calendar.change_windows[0].times[0]: must end after it starts; for a night write two, until '24:00' and from '00:00'"),
        bad(
            "unquoted time",
            HEAD
                + "calendar:\n  change_windows:\n    - name: w\n      times: [{start_time: 9, end_time: '18:00'}]\n",
            "grace.yaml:5:16: calendar.change_windows[0].times[0].start_time: must be a time of day in quotes, from '00:00' to '24:00': 9"),
        bad(
            "day of month",
            HEAD + "calendar:\n  freezes:\n    - {name: f, days_of_month: ['-1:3']}\n",
            "grace.yaml:4:33: calendar.freezes[0].days_of_month[0]: must end after it starts; write two ranges: '-1:3'"),
        bad(
            "month",
            HEAD + "calendar:\n  freezes:\n    - {name: f, months: [13]}\n",
            "grace.yaml:4:26: calendar.freezes[0].months[0]: must be a month such as january or 1, or from:to: 13"),
        bad(
            "date",
            HEAD + "calendar:\n  freezes:\n    - {name: f, dates: [2026-02-30]}\n",
            "grace.yaml:4:25: calendar.freezes[0].dates[0]: there is no such day: '2026-02-30'"),
        bad(
            "literal secret",
            HEAD + "tokens:\n  - {name: a, role: admin, secret: hunter2}\n",
            "grace.yaml:3:28: tokens[0].secret: must be a reference to a secret, env:NAME or file:/absolute/path"),
        bad(
            "two proofs",
            HEAD + "tokens:\n  - {name: a, role: admin}\n",
            "grace.yaml:3:5: tokens[0]: needs exactly one of secret, sha256"),
        bad(
            "token twice",
            HEAD
                + "tokens:\n  - {name: a, role: admin, secret: 'env:A'}\n  - {name: a, role: viewer, secret: 'env:B'}\n",
            "grace.yaml:4:6: tokens[1].name: is there twice: 'a'"),
        bad(
            "a secret in place of a reference",
            HEAD + oidc("client_secret: hunter2hunter2"),
            "grace.yaml:5:3: oidc.client_secret: must be a reference to a secret, env:NAME or file:/absolute/path"),
        bad(
            "a provider without TLS",
            HEAD + oidc("issuer: 'http://login.example'"),
            "grace.yaml:5:3: oidc.issuer: must begin with https://; http:// is for loopback only"),
        bad(
            "an issuer that is no URL",
            HEAD + oidc("issuer: 'login example'"),
            "grace.yaml:5:3: oidc.issuer: must be a URL"),
        bad(
            "a redirect below a path",
            HEAD + oidc("redirect_base: 'https://grace.example/'"),
            "grace.yaml:5:3: oidc.redirect_base: must have no path, not even '/': the console is at the root"),
        bad(
            "scopes without openid",
            HEAD + oidc("scopes: [profile]"),
            "grace.yaml:5:3: oidc.scopes: must contain openid"),
        bad(
            "a role that there is not",
            HEAD + oidc("roles: {sre: root}"),
            "grace.yaml:5:11: oidc.roles.sre: must be one of viewer, operator, approver, admin: 'root'"),
        bad("no roles", HEAD + oidc("roles: {}"), "grace.yaml:5:3: oidc.roles: must not be empty"),
        bad(
            "too much exploration",
            HEAD + "learning: {exploration: 0.2}\n",
            "grace.yaml:2:12: learning.exploration: must be from 0 to 0.05: 0.2"),
        bad(
            "a hold-out of most incidents",
            HEAD + "learning: {hold_out: {share: 0.9}}\n",
            "grace.yaml:2:23: learning.hold_out.share: must be more than 0 and at most 0.5: 0.9"),
        bad(
            "a hold-out of hours",
            HEAD + "learning: {hold_out: {time: 3h}}\n",
            "grace.yaml:2:23: learning.hold_out.time: must be at most 1h: 3h"),
        bad(
            "trust for nothing",
            HEAD + "learning: {trust: {successes: 0}}\n",
            "grace.yaml:2:20: learning.trust.successes: must be from 1 to 1000: 0"),
        bad(
            "tests that are not there",
            HEAD + "playbook_tests: [nowhere]\n",
            "grace.yaml:2:18: playbook_tests[0]: there is no such file or directory: "
                + Shown.text(
                    Path.of("../docs/examples/nowhere").toAbsolutePath().normalize().toString())),
        bad(
            "role",
            HEAD + "tokens:\n  - {name: a, role: root, secret: 'env:A'}\n",
            "grace.yaml:3:15: tokens[0].role: must be one of viewer, operator, approver, admin: 'root'"),
        bad(
            "password in url",
            HEAD
                + "store:\n  postgresql: {url: 'jdbc:postgresql://h/d?password=x', user: u, password: 'env:P'}\n",
            "grace.yaml:3:16: store.postgresql.url: must be like jdbc:postgresql://host:5432/name, without parameters"),
        bad(
            "two stores",
            HEAD
                + "store:\n  sqlite: a.db\n  postgresql: {url: 'jdbc:postgresql://h/d', user: u, password: 'env:P'}\n",
            "grace.yaml:2:1: store: needs exactly one of sqlite, postgresql"),
        bad(
            "unknown feature",
            HEAD + "server:\n  features: {learnin: false}\n",
            "grace.yaml:3:14: server.features.learnin: unknown key, did you mean 'learning'?"),
        bad(
            "probe of unknown service",
            ORDERS + "telemetry:\n  http_probes:\n    - {service: ordes, urls: ['http://a']}\n",
            "grace.yaml:6:8: telemetry.http_probes[0].service: unknown service 'ordes', did you mean 'orders'?"),
        bad(
            "no target",
            ORDERS + "telemetry:\n  http_probes:\n    - {service: orders}\n",
            "grace.yaml:6:7: telemetry.http_probes[0]: needs exactly one of urls, registry"),
        bad(
            "bad url",
            ORDERS + "telemetry:\n  http_probes:\n    - {service: orders, urls: ['ftp://a']}\n",
            "grace.yaml:6:32: telemetry.http_probes[0].urls[0]: must be an http or https URL with a host and without user and password"),
        bad(
            "slow probe",
            ORDERS
                + "telemetry:\n  http_probes:\n    - {service: orders, urls: ['http://a'], interval: 1s, timeout: 5s}\n",
            "grace.yaml:6:59: telemetry.http_probes[0].timeout: must be more than 0 and at most the interval: 5s, 1s"),
        bad(
            "two derivations",
            ORDERS
                + "telemetry:\n  prometheus:\n    - {service: orders, urls: ['http://a'], derive: [{metric: m, gauge: a, rate: b}]}\n",
            "grace.yaml:6:54: telemetry.prometheus[0].derive[0]: needs exactly one of gauge, rate, ratio, quantile"),
        bad(
            "selector",
            ORDERS
                + "telemetry:\n  prometheus:\n    - {service: orders, urls: ['http://a'], derive: [{metric: m, gauge: 'a{b=c}'}]}\n",
            "grace.yaml:6:66: telemetry.prometheus[0].derive[0].gauge: labels must be like code=~\"5..\", method=\"GET\": 'b=c'"),
        bad(
            "no program",
            ORDERS + "providers:\n  process:\n    services:\n      orders: {command: []}\n",
            "grace.yaml:7:16: providers.process.services.orders.command: must not be empty"),
        bad(
            "instances",
            ORDERS
                + "providers:\n  process:\n    services:\n      orders: {command: [a], min_instances: 5, max_instances: 2}\n",
            "grace.yaml:7:48: providers.process.services.orders.max_instances: must be at least min_instances: 2 < 5"),
        bad(
            "path parameter",
            ORDERS + http("action: a, path: '/x/{y}'"),
            "grace.yaml:6:60: providers.http[0].path: names parameters that are not declared: y"),
        bad(
            "wide well-known bound",
            ORDERS
                + http(
                    "action: set_logging_level, path: /x, parameters: {ttl_min: {type: whole, min: 1, max: 999}}"),
            "grace.yaml:6:99: providers.http[0].parameters.ttl_min: must be within a whole number from 1 to 120"),
        bad(
            "well-known extra",
            ORDERS + http("action: toggle_flag, path: /x, parameters: {flg: {type: flag}}"),
            "grace.yaml:6:93: providers.http[0].parameters.flg: toggle_flag has no such parameter, did you mean 'flag'?"),
        bad(
            "unbounded text",
            ORDERS + http("action: a, path: /x, parameters: {y: {type: text}}"),
            "grace.yaml:6:83: providers.http[0].parameters.y: needs either one_of or matching, so that not every text is allowed"),
        bad(
            "unbounded whole",
            ORDERS + http("action: a, path: /x, parameters: {y: {type: whole, min: 1}}"),
            "grace.yaml:6:83: providers.http[0].parameters.y: needs min and max, whole numbers"),
        bad(
            "broken regex",
            ORDERS + http("action: a, path: /x, parameters: {y: {type: text, matching: '['}}"),
            "grace.yaml:6:99: providers.http[0].parameters.y.matching: must be a regular expression: Unclosed character class"),
        bad(
            "field of another type",
            ORDERS + http("action: a, path: /x, parameters: {y: {type: flag, min: 1}}"),
            "grace.yaml:6:99: providers.http[0].parameters.y.min: does not go with type flag"),
        bad(
            "action twice",
            ORDERS
                + "providers:\n  process:\n    services:\n      orders: {command: [a]}\n  http:\n    - {action: restart_service, path: /x, targets: {orders: {urls: ['http://a']}}}\n",
            "grace.yaml:9:8: providers.http[0].action: 'restart_service' is already declared by provider process; one declaration lists all its services"),
        bad(
            "relative program",
            ORDERS + "providers:\n  exec:\n    - {action: a, program: run, services: [orders]}\n",
            "grace.yaml:6:19: providers.exec[0].program: must be an absolute path: run"),
        bad(
            "unused parameter",
            ORDERS
                + "providers:\n  exec:\n    - {action: a, program: /run, services: [orders], parameters: {n: {type: flag}}}\n",
            "grace.yaml:6:7: providers.exec[0]: '{n}' must be an argument of its own in args"),
        bad(
            "missing playbooks",
            HEAD + "playbooks: [nowhere]\n",
            "grace.yaml:2:13: playbooks[0]: there is no such file or directory: '"
                + Path.of("../docs/examples/nowhere").toAbsolutePath().normalize()
                + "'"));
  }

  private static String http(String fields) {
    return "providers:\n  http:\n    - {targets: {orders: {urls: ['http://a']}}, " + fields + "}\n";
  }

  /// A right block, but for the line that is given; that stands in line 5.
  private static String oidc(String line) {
    var lines =
        new ArrayList<>(
            List.of(
                "client_id: grace",
                "issuer: 'https://login.example'",
                "client_secret: 'env:SECRET'",
                "roles: {sre: operator}",
                "redirect_base: 'https://grace.example'"));
    String key = line.substring(0, line.indexOf(':'));
    lines.removeIf(l -> l.startsWith(key + ":"));
    lines.add(2, line);
    return "oidc:\n  " + String.join("\n  ", lines) + "\n";
  }

  private static Arguments bad(String what, String text, String... problems) {
    return Arguments.of(what, text, List.of(problems));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void everyMistakeIsSaidInTheseWords(String what, String text, List<String> problems) {
    assertEquals(problems, Examples.problems(text), what);
  }
}

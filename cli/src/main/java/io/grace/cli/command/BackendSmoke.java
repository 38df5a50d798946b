package io.grace.cli.command;

import io.grace.cli.client.Api;
import io.grace.cli.client.Doc;
import io.grace.cli.client.Query;
import io.grace.cli.client.Reply;
import io.grace.cli.host.Failure;

/// Is the server alive, closed to strangers, and described?
record BackendSmoke(Api api) {
  void run(SmokeReport report) {
    report.check("backend", "it is alive", this::isAlive);
    report.check("backend", "nobody gets in without a token", this::isClosed);
    report.check("backend", "the token gets in", this::isOpenToMe);
    report.check("backend", "the API is described", this::isDescribed);
  }

  private String isAlive() throws Failure {
    Doc health = api.anonymous().get(Query.of("/api/health")).doc();
    String found = "status " + health.word("status") + ", loop " + health.at("loop").word("state");
    SmokeReport.require(health.word("status").equals("up"), found + "; wanted up");
    return found;
  }

  private String isClosed() throws Failure {
    Reply reply = api.anonymous().probe(Query.of("/api/status"));
    String found = "status " + reply.status();
    SmokeReport.require(reply.status() == 401, found + "; wanted 401");
    return found;
  }

  private String isOpenToMe() throws Failure {
    Doc status = api.get(Query.of("/api/status")).doc();
    SmokeReport.require(status.at("mode").isPresent(), "the status has no mode");
    return "mode " + status.word("mode");
  }

  private String isDescribed() throws Failure {
    Doc description = api.get(Query.of("/v3/api-docs")).doc();
    long paths = description.at("paths").fields().size();
    SmokeReport.require(
        description.at("openapi").isPresent() && paths > 0,
        "/v3/api-docs describes " + paths + " paths; wanted an OpenAPI document");
    return "OpenAPI " + description.text("openapi") + ", " + paths + " paths";
  }
}

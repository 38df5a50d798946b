package io.grace.runtime.process;

import io.grace.core.model.ServiceId;
import io.grace.runtime.secrets.LocalSecrets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// A program that starts a service as GRACE does, says so, and stays until it is killed.
final class StartsAndStays {
  private StartsAndStays() {}

  static ProcessHost host(Path dir, ServiceCommand... commands) throws java.io.IOException {
    return new ProcessHost(
        dir.resolve("state"),
        new InstanceRegistry(dir.resolve("registry")),
        List.of(commands),
        new LocalSecrets(),
        InstantSource.system());
  }

  public static void main(String[] arguments) throws Exception {
    var dir = Path.of(arguments[0]);
    var host = host(dir, ProcessHostTest.sleeper(dir, 2));
    System.out.println(host.start(new ServiceId("orders"), "k0", Instant.now().plusSeconds(20)));
    System.in.read();
  }
}

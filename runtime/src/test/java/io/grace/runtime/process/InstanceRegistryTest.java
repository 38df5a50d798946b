package io.grace.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.model.ServiceId;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceRegistryTest {
  @TempDir Path dir;

  @Test
  void instancesAreListedInTheOrderOfTheirNumbers() throws Exception {
    Files.writeString(dir.resolve("orders-10"), "8010\n");
    Files.writeString(dir.resolve("orders-2"), "8002");

    var uris = new InstanceRegistry(dir).uris(new ServiceId("orders"));

    assertEquals(
        List.of(URI.create("http://127.0.0.1:8002"), URI.create("http://127.0.0.1:8010")), uris);
  }

  @Test
  void otherServicesAndOtherFilesAreNotMistaken() throws Exception {
    Files.writeString(dir.resolve("orders-1"), "8001");
    Files.writeString(dir.resolve("orders-1-7"), "8017");
    Files.writeString(dir.resolve("orders-x"), "8002");
    Files.writeString(dir.resolve("orders-3"), "");
    Files.writeString(dir.resolve("orders-4"), "99999");
    Files.writeString(dir.resolve("orders-5.json"), "8005");

    var registry = new InstanceRegistry(dir);

    assertEquals(Map.of(1, 8001), registry.ports(new ServiceId("orders")));
    assertEquals(Map.of(7, 8017), registry.ports(new ServiceId("orders-1")));
  }

  @Test
  void missingDirectoryIsEmpty() {
    var registry = new InstanceRegistry(dir.resolve("none"));

    assertEquals(List.of(), registry.uris(new ServiceId("orders")));
  }
}

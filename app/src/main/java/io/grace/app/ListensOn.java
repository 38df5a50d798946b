package io.grace.app;

import java.net.InetAddress;
import java.net.UnknownHostException;

/// Where the server listens. *Immutable.*
public record ListensOn(String host) {
  /// Whether only this machine can reach it. A name that cannot be resolved counts as loopback: the
  /// stricter side.
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }
}

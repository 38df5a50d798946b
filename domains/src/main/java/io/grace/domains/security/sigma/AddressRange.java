package io.grace.domains.security.sigma;

import java.util.Arrays;
import java.util.Optional;

/// A block of IPv4 or IPv6 addresses, such as `10.0.0.0/8`. Names are never looked up. *Immutable.*
public record AddressRange(String text, byte[] first, int bits) {
  private static final int V4 = 4;
  private static final int V6 = 16;
  private static final int GROUPS = 8;

  /// A block of one address if there is no slash.
  ///
  /// @throws Unusable if it is no block of addresses
  public static AddressRange of(String text) throws Unusable {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] first = new byte[V6];
    int size = parse(address.toCharArray(), 0, address.length(), first);
    int bits = size * 8;
    if (slash >= 0) {
      try {
        bits = Integer.parseInt(text.substring(slash + 1));
      } catch (NumberFormatException _) {
        bits = -1;
      }
    }
    if (size == 0 || bits < 0 || bits > size * 8) {
      throw new Unusable("cidr must be a block of addresses such as 10.0.0.0/8: " + text);
    }
    return new AddressRange(text, Arrays.copyOf(first, size), bits);
  }

  /// The IPv4 network of an address; empty if it is no IPv4 address.
  ///
  /// @param prefix in bits, 1–32
  public static Optional<AddressRange> network(String address, int prefix) {
    byte[] bytes = new byte[V6];
    if (parse(address.toCharArray(), 0, address.length(), bytes) != V4) {
      return Optional.empty();
    }
    int number = 0;
    for (int i = 0; i < V4; i++) {
      number = number << 8 | (bytes[i] & 0xff);
    }
    int masked = number & -1 << (32 - prefix);
    byte[] first = new byte[V4];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < V4; i++) {
      first[i] = (byte) (masked >>> (24 - 8 * i));
      text.append(i == 0 ? "" : ".").append(first[i] & 0xff);
    }
    return Optional.of(new AddressRange(text + "/" + prefix, first, prefix));
  }

  /// Its first address.
  public String start() {
    int slash = text.indexOf('/');
    return slash < 0 ? text : text.substring(0, slash);
  }

  /// Whether the text is an address of this block.
  public boolean holds(String address) {
    return holds(address.toCharArray(), 0, address.length(), new byte[V6]);
  }

  /// @param scratch of 16 bytes, to be overwritten
  boolean holds(char[] chars, int from, int to, byte[] scratch) {
    if (parse(chars, from, to, scratch) != first.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (scratch[i] != first[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    return rest == 0 || ((scratch[whole] ^ first[whole]) & 0xff) >>> (8 - rest) == 0;
  }

  /// @return 4 or 16 bytes written, or 0 if it is no address
  private static int parse(char[] chars, int from, int to, byte[] into) {
    for (int i = from; i < to; i++) {
      if (chars[i] == ':') {
        return parseV6(chars, from, to, into) ? V6 : 0;
      }
    }
    return parseV4(chars, from, to, into, 0) ? V4 : 0;
  }

  private static boolean parseV4(char[] chars, int from, int to, byte[] into, int at) {
    int part = 0;
    int value = 0;
    int digits = 0;
    for (int i = from; i <= to; i++) {
      char c = i == to ? '.' : chars[i];
      if (c == '.') {
        if (digits == 0 || value > 255 || part == V4) {
          return false;
        }
        into[at + part++] = (byte) value;
        value = 0;
        digits = 0;
      } else if (c >= '0' && c <= '9' && digits < 3) {
        value = value * 10 + (c - '0');
        digits++;
      } else {
        return false;
      }
    }
    return part == V4;
  }

  private static boolean parseV6(char[] chars, int from, int to, byte[] into) {
    int group = 0;
    int gap = -1;
    int i = from;
    if (i + 1 < to && chars[i] == ':' && chars[i + 1] == ':') {
      gap = 0;
      i += 2;
    }
    while (i < to) {
      int value = 0;
      int begin = i;
      while (i < to && i - begin < 4 && Character.digit(chars[i], 16) >= 0) {
        value = value * 16 + Character.digit(chars[i++], 16);
      }
      if (i < to && chars[i] == '.' && group <= GROUPS - 2) {
        if (!parseV4(chars, begin, to, into, group * 2)) {
          return false;
        }
        group += 2;
        i = to;
        break;
      }
      if (i == begin || group == GROUPS) {
        return false;
      }
      into[group * 2] = (byte) (value >>> 8);
      into[group * 2 + 1] = (byte) value;
      group++;
      if (i == to) {
        break;
      }
      if (chars[i++] != ':' || i == to) {
        return false;
      }
      if (chars[i] == ':') {
        if (gap >= 0) {
          return false;
        }
        gap = group;
        i++;
      }
    }
    return gap < 0 ? group == GROUPS : group < GROUPS && spread(into, gap, group);
  }

  private static boolean spread(byte[] into, int gap, int groups) {
    int tail = (groups - gap) * 2;
    System.arraycopy(into, gap * 2, into, V6 - tail, tail);
    Arrays.fill(into, gap * 2, V6 - tail, (byte) 0);
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressRange range
        && bits == range.bits
        && Arrays.equals(first, range.first);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(first) * 31 + bits;
  }

  @Override
  public String toString() {
    return text;
  }
}

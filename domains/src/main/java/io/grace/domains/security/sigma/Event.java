package io.grace.domains.security.sigma;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One flat event: values by field, several for a field that is a list. Made once and filled again
/// for each event, so that reading events makes no garbage. *Owned by the thread that reads.*
public final class Event {
  /// The largest entry of journald has 768 KiB.
  static final int MOST_CHARS = 1024 * 1024;

  static final int MOST_VALUES = 4_096;

  private static final int LONGEST_SHOWN = 512;

  private final FieldTable fields;
  private LogSource source = LogSource.ANY;
  private char[] chars = new char[8_192];
  private int used;
  private int count;
  private int[] field = new int[256];
  private int[] start = new int[256];

  /// Behind the last character, or -1 for null.
  private int[] end = new int[256];

  /// The value of the same field before this one, or -1.
  private int[] earlier = new int[256];

  private final int[] latest;
  private boolean cut;

  Event(FieldTable fields) {
    this.fields = fields;
    this.latest = new int[fields.size()];
    Arrays.fill(latest, -1);
  }

  /// Empties it.
  public void begin(LogSource from) {
    for (int i = 0; i < count; i++) {
      if (field[i] >= 0) {
        latest[field[i]] = -1;
      }
    }
    source = from;
    used = 0;
    count = 0;
    cut = false;
  }

  public void add(String name, String value) {
    int number = fields.known(name);
    int from = append(value.toCharArray(), 0, value.length());
    add(number, from, used);
  }

  void addNull(int number) {
    add(number, used, -1);
  }

  void add(int number, char[] from, int offset, int length) {
    int begin = append(from, offset, length);
    add(number, begin, used);
  }

  /// The value of one field is also that of another.
  void alias(int from, int to) {
    for (int slot = latest[from]; slot >= 0; slot = earlier[slot]) {
      add(to, start[slot], end[slot]);
    }
  }

  private void add(int number, int from, int to) {
    if (count == MOST_VALUES) {
      cut = true;
      return;
    }
    if (count == field.length) {
      field = Arrays.copyOf(field, 2 * count);
      start = Arrays.copyOf(start, 2 * count);
      end = Arrays.copyOf(end, 2 * count);
      earlier = Arrays.copyOf(earlier, 2 * count);
    }
    field[count] = number;
    start[count] = from;
    end[count] = to;
    if (number >= 0) {
      earlier[count] = latest[number];
      latest[number] = count;
    }
    count++;
  }

  private int append(char[] from, int offset, int length) {
    int taken = Math.min(length, MOST_CHARS - used);
    cut |= taken < length;
    if (used + taken > chars.length) {
      chars = Arrays.copyOf(chars, Math.max(2 * chars.length, used + taken));
    }
    System.arraycopy(from, offset, chars, used, taken);
    int begin = used;
    used += taken;
    return begin;
  }

  public LogSource source() {
    return source;
  }

  /// Whether it was too large and a part of it is missing.
  public boolean isCut() {
    return cut;
  }

  char[] chars() {
    return chars;
  }

  /// Behind the last character.
  int used() {
    return used;
  }

  int count() {
    return count;
  }

  int field(int slot) {
    return field[slot];
  }

  int start(int slot) {
    return start[slot];
  }

  int end(int slot) {
    return end[slot];
  }

  boolean isNull(int slot) {
    return end[slot] < 0;
  }

  /// The latest value of a field, or -1.
  int latest(int number) {
    return latest[number];
  }

  int earlier(int slot) {
    return earlier[slot];
  }

  /// The first value of a field that the rules or whoever reads the alerts ask for.
  public Optional<String> text(String name) {
    int number = fields.known(name);
    int found = -1;
    for (int slot = number < 0 ? -1 : latest[number]; slot >= 0; slot = earlier[slot]) {
      found = isNull(slot) ? found : slot;
    }
    return found < 0 ? Optional.empty() : Optional.of(text(found));
  }

  String text(int slot) {
    return new String(chars, start[slot], end[slot] - start[slot]);
  }

  /// Whether the first value of a field is this text, without making a text of it.
  boolean is(int number, String text) {
    for (int slot = latest[number]; slot >= 0; slot = earlier[slot]) {
      if (end[slot] - start[slot] == text.length() && startsWith(start[slot], text)) {
        return true;
      }
    }
    return false;
  }

  private boolean startsWith(int from, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (chars[from + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// What is known of it, for people: long values are cut.
  public Map<String, String> shown() {
    Map<String, String> shown = new LinkedHashMap<>();
    for (int slot = 0; slot < count; slot++) {
      if (field[slot] > 0 && !isNull(slot)) {
        int length = Math.min(end[slot] - start[slot], LONGEST_SHOWN);
        shown.putIfAbsent(fields.name(field[slot]), new String(chars, start[slot], length));
      }
    }
    return shown;
  }
}

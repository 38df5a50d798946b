package io.grace.cli.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads one line of an export, strictly: exactly the fields of its form, in their order.
final class LineParser {
  /// A field's name and whether it is a number.
  private record Field(String name, boolean isNumber) {}

  private static final List<Field> HEADER = List.of(number("grace-journal"), text("journalId"));
  private static final List<Field> ENTRY =
      List.of(
          number("index"),
          number("epoch"),
          number("at"),
          text("actor"),
          text("kind"),
          text("subject"),
          text("payload"),
          text("previous"),
          text("hash"));
  private static final List<Field> CHECKPOINT =
      List.of(number("checkpoint"), text("head"), number("at"), text("keyId"), text("signature"));
  private static final List<Field> FOOTER = List.of(number("entries"), number("checkpoints"));
  private static final List<List<Field>> FORMS = List.of(ENTRY, CHECKPOINT, HEADER, FOOTER);

  private static final JsonFactory JSON = new JsonFactory();

  private final long[] numbers = new long[ENTRY.size()];
  private final String[] texts = new String[ENTRY.size()];

  LineParser() {
    Arrays.fill(texts, "");
  }

  private static Field number(String name) {
    return new Field(name, true);
  }

  private static Field text(String name) {
    return new Field(name, false);
  }

  void parse(byte[] line, String where, LogSink sink) {
    List<Field> form;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), line)) {
      form = read(json);
    } catch (JacksonException e) {
      sink.unreadable(where, "it is not JSON: " + e.getOriginalMessage());
      return;
    } catch (IllegalArgumentException e) {
      sink.unreadable(where, String.valueOf(e.getMessage()));
      return;
    }
    if (form == ENTRY) {
      sink.entry(
          new RawEntry(
              numbers[0],
              numbers[1],
              numbers[2],
              utf8(3),
              utf8(4),
              utf8(5),
              utf8(6),
              utf8(7),
              utf8(8)));
    } else if (form == CHECKPOINT) {
      sink.checkpoint(new RawCheckpoint(numbers[0], texts[1], numbers[2], texts[3], texts[4]));
    } else if (form == FOOTER) {
      sink.footer(numbers[0], numbers[1]);
    } else if (numbers[0] == 1) {
      sink.header(texts[1]);
    } else {
      sink.unreadable(where, "format must be 1, found " + numbers[0]);
    }
  }

  private byte[] utf8(int field) {
    return texts[field].getBytes(StandardCharsets.UTF_8);
  }

  private List<Field> read(JsonParser json) {
    require(json.nextToken() == JsonToken.START_OBJECT, "it must be an object");
    require(json.nextToken() == JsonToken.PROPERTY_NAME, "it is empty");
    String first = json.currentName();
    List<Field> form =
        FORMS.stream()
            .filter(candidate -> candidate.getFirst().name().equals(first))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("unknown field " + first));
    for (int i = 0; i < form.size(); i++) {
      Field field = form.get(i);
      if (i > 0) {
        json.nextToken();
      }
      require(
          field.name().equals(json.currentName()),
          "field '" + field.name() + "' was wanted, found '" + json.currentName() + "'");
      JsonToken value = json.nextToken();
      if (field.isNumber()) {
        require(value == JsonToken.VALUE_NUMBER_INT, field.name() + " must be a whole number");
        numbers[i] = json.getLongValue();
      } else {
        require(value == JsonToken.VALUE_STRING, field.name() + " must be a string");
        texts[i] = json.getString();
      }
    }
    require(json.nextToken() == JsonToken.END_OBJECT, "it has more fields than it should");
    require(json.nextToken() == null, "something follows the object");
    return form;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}

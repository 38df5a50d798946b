package io.grace.runtime.search;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.index.StoredFields;

/// How a document lies in Lucene.
final class Fields {
  static final String ID = "id";
  static final String TITLE = "title";
  static final String TEXT = "text";
  static final String ALL = "all";
  static final String LABEL = "label";
  static final String PLACE = "place";

  private Fields() {}

  static String all(Document document) {
    return document.title() + "\n" + document.text();
  }

  static String label(String name, String value) {
    return name + "=" + value;
  }

  static Document read(StoredFields stored, int number) throws IOException {
    var fields = stored.document(number);
    Map<String, Set<String>> labels = new TreeMap<>();
    for (String label : fields.getValues(LABEL)) {
      int at = label.indexOf('=');
      labels
          .computeIfAbsent(label.substring(0, at), _ -> new TreeSet<>())
          .add(label.substring(at + 1));
    }
    return new Document(fields.get(ID), fields.get(TITLE), fields.get(TEXT), labels);
  }
}

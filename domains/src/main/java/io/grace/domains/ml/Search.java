package io.grace.domains.ml;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The single condition that MLflow's searches take, and their pages.
final class Search {
  private static final Pattern CONDITION =
      Pattern.compile(
          "\\s*([a-z_]+)\\s*(=|!=|LIKE|ILIKE)\\s*'([^']*)'\\s*", Pattern.CASE_INSENSITIVE);

  private static final int PAGE_MAX = 1_000;

  private Search() {}

  /// @param field the value of a field by its name; null if there is no such field
  static <T> Predicate<T> condition(String filter, List<String> fields, Read<T> field)
      throws Refused {
    if (filter.isBlank()) {
      return _ -> true;
    }
    Matcher found = CONDITION.matcher(filter);
    if (!found.matches() || !fields.contains(found.group(1).toLowerCase(Locale.ROOT))) {
      throw Refused.invalid(
          "Invalid filter: '%s'. Wanted one of %s, one of =, !=, LIKE, ILIKE, and a text in single quotes"
              .formatted(filter, fields));
    }
    String name = found.group(1).toLowerCase(Locale.ROOT);
    String operator = found.group(2).toUpperCase(Locale.ROOT);
    String value = found.group(3);
    var like = new Like(value, operator.equals("ILIKE"));
    return item -> {
      String is = field.of(item, name);
      return switch (operator) {
        case "=" -> is.equals(value);
        case "!=" -> !is.equals(value);
        default -> like.matches(is);
      };
    };
  }

  /// A field of an item by its name.
  interface Read<T> {
    String of(T item, String field);
  }

  /// Puts one page of a list into an answer, and where the next begins.
  static <T> ObjectNode page(
      Input in, String name, List<T> all, int usual, Function<T, ObjectNode> shown) throws Refused {
    return page(in, name, all, new Rows(usual, usual * 2_000L), shown);
  }

  /// How many items an answer has.
  ///
  /// @param usual if the request does not say
  /// @param most that a request may say; a page still has [#PAGE_MAX] at most
  record Rows(int usual, long most) {}

  static <T> ObjectNode page(
      Input in, String name, List<T> all, Rows rows, Function<T, ObjectNode> shown) throws Refused {
    long wanted = in.whole("max_results", rows.usual());
    if (wanted < 1 || wanted > rows.most()) {
      throw Refused.invalid("Invalid value for max_results: " + wanted);
    }
    long from = 0;
    String token = in.text("page_token", "");
    if (!token.isEmpty()) {
      if (!token.matches("\\d{1,9}")) {
        throw Refused.invalid("Invalid page token: " + token);
      }
      from = Long.parseLong(token);
    }
    int start = (int) Math.min(from, all.size());
    int end = (int) Math.min(all.size(), start + Math.min(wanted, PAGE_MAX));
    ObjectNode answer = MlflowApi.object();
    ArrayNode list = answer.putArray(name);
    all.subList(start, end).forEach(item -> list.add(shown.apply(item)));
    if (end < all.size()) {
      answer.put("next_page_token", String.valueOf(end));
    }
    return answer;
  }
}

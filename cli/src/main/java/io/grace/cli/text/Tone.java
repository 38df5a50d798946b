package io.grace.cli.text;

/// What a colour says; never the only thing that says it.
public enum Tone {
  PLAIN(""),
  STRONG("1"),
  GOOD("32"),
  WARN("33"),
  BAD("31"),
  FAINT("2");

  private final String code;

  Tone(String code) {
    this.code = code;
  }

  String paint(String text) {
    return code.isEmpty() || text.isBlank() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}

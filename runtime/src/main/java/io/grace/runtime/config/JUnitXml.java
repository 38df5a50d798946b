package io.grace.runtime.config;

import io.grace.runtime.config.PlaybookTests.Case;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes test results in the XML of JUnit, as build servers read it.
final class JUnitXml {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  private JUnitXml() throws XMLStreamException {
    xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
  }

  static String of(Map<String, List<Case>> suites) {
    try {
      return new JUnitXml().write(suites);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string cannot be written", e);
    }
  }

  private String write(Map<String, List<Case>> suites) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuites");
    for (Map.Entry<String, List<Case>> suite : suites.entrySet()) {
      suite(suite.getKey(), suite.getValue());
    }
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.writeEndDocument();
    xml.flush();
    return text.toString();
  }

  private void suite(String name, List<Case> cases) throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", name);
    xml.writeAttribute("tests", Integer.toString(cases.size()));
    xml.writeAttribute("failures", Long.toString(cases.stream().filter(c -> !c.passed()).count()));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute(
        "time", seconds(cases.stream().map(Case::took).reduce(Duration.ZERO, Duration::plus)));
    for (Case test : cases) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", name);
      xml.writeAttribute("name", test.name());
      xml.writeAttribute("file", test.file());
      xml.writeAttribute("line", Integer.toString(test.line()));
      xml.writeAttribute("time", seconds(test.took()));
      if (!test.passed()) {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", String.join("; ", test.objections()));
        xml.writeCharacters(String.join("\n", test.story()));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
  }
}

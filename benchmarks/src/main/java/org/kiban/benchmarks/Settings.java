package org.kiban.benchmarks;

import java.util.Map;

/**
 * What may be set on the command line.
 *
 * @param values by name
 */
record Settings(Map<String, String> values) {

  int number(String name, int otherwise) {
    return Integer.parseInt(values.getOrDefault(name, Integer.toString(otherwise)));
  }

  String text(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}

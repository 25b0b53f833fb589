package org.kiban.exchange.declaration;

import java.util.List;
import java.util.Map;

/**
 * A checked declaration of an interface; immutable. {@code docs/integrator/interface.md} says what
 * each part means to the one who writes it.
 *
 * @param id the interface's id, which is the file's name
 * @param name its name in words
 * @param provider the providing system: 業務ID or 3-character id
 * @param receive how files arrive
 * @param identity what tells that two files are the same
 * @param mode what one bad row does to the file
 * @param consumers who gets the file
 * @param input the form in which it arrives
 * @param output the form in which it is delivered
 * @param columns in the order of the file; empty if rows are passed on without being checked
 * @param key the columns whose values together are unique inside a file; empty for none
 * @param rules between columns of one row
 * @param replacements what to write for a character, or a character with its variation selector,
 *     that the output's charset cannot hold
 * @param maximum limits of a file
 * @param retentionDays how long the node keeps the file's content
 */
public record Declaration(
    String id,
    String name,
    String provider,
    Receive receive,
    Identity identity,
    Mode mode,
    List<Consumer> consumers,
    Profile input,
    Profile output,
    List<Column> columns,
    List<String> key,
    List<Rule> rules,
    Map<String, String> replacements,
    Maximum maximum,
    int retentionDays) {

  /** Copies the collections. */
  public Declaration {
    consumers = List.copyOf(consumers);
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    rules = List.copyOf(rules);
    replacements = Map.copyOf(replacements);
  }

  /**
   * The position of a declared column, from 0.
   *
   * @param column a declared name
   */
  public int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(column);
  }
}

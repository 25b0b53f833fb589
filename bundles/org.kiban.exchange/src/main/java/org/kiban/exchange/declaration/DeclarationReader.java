package org.kiban.exchange.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;

/**
 * Reads declarations of interfaces and refuses what is wrong in them. Immutable and safe for any
 * thread; making one loads the schema, which takes some hundred milliseconds.
 */
public final class DeclarationReader {

  /** What the name of a declaration's file ends in. */
  public static final String SUFFIX = ".yaml";

  private static final Comparator<Problem> BY_LINE = Comparator.comparingInt(Problem::line);

  private final SchemaCheck schema = new SchemaCheck();
  private final JsonNode profiles;

  /** Loads the schema and the named profiles. */
  public DeclarationReader() {
    try (InputStream in = DeclarationReader.class.getResourceAsStream("profiles.yaml")) {
      profiles = new YamlFile("profiles.yaml", in.readAllBytes()).json();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a declaration.
   *
   * @param fileName the file's name without its folder, for example {@code 031-atena.yaml}
   * @param content its bytes
   * @return the declaration
   * @throws DeclarationRefused with all that is wrong
   */
  public Declaration read(String fileName, byte[] content) {
    YamlFile file = new YamlFile(fileName, content);
    refuse(fileName, file.problems());
    schema.check(file);
    refuse(fileName, file.problems());
    new ReferenceCheck(file, profiles).check(fileName);
    refuse(fileName, file.problems());
    return new DeclarationBuilder(profiles).build(file.json());
  }

  private static void refuse(String fileName, List<Problem> problems) {
    if (!problems.isEmpty()) {
      throw new DeclarationRefused(fileName, problems.stream().sorted(BY_LINE).toList());
    }
  }
}

package org.kiban.route.wall;

import java.util.Set;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Finds the classes that a route may name: types of data and exceptions. */
final class ClassRules extends DefaultClassResolver {

  private static final Set<String> DATA =
      Set.of(
          "boolean",
          "byte",
          "char",
          "double",
          "float",
          "int",
          "long",
          "short",
          "boolean[]",
          "byte[]",
          "char[]",
          "double[]",
          "float[]",
          "int[]",
          "long[]",
          "short[]",
          "Boolean",
          "Byte",
          "Character",
          "Double",
          "Float",
          "Integer",
          "Long",
          "Short",
          "String",
          "Object",
          "Object[]",
          "String[]",
          "Integer[]",
          "Long[]",
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Double",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Number",
          "java.lang.Short",
          "java.lang.String",
          "java.lang.CharSequence",
          "java.lang.Object",
          "java.lang.Iterable",
          "java.lang.String[]",
          "java.lang.Object[]",
          "java.io.InputStream",
          "java.io.Reader",
          "java.nio.ByteBuffer",
          "java.math.BigDecimal",
          "java.math.BigInteger",
          "java.time.Duration",
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalDateTime",
          "java.time.LocalTime",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime",
          "java.util.ArrayList",
          "java.util.Collection",
          "java.util.Date",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.Iterator",
          "java.util.LinkedHashMap",
          "java.util.LinkedHashSet",
          "java.util.LinkedList",
          "java.util.List",
          "java.util.Map",
          "java.util.Set",
          "java.util.TreeMap",
          "java.util.UUID",
          "javax.xml.transform.dom.DOMSource",
          "org.w3c.dom.Document",
          "org.w3c.dom.Element",
          "org.w3c.dom.Node",
          "org.w3c.dom.NodeList",
          "org.apache.camel.StreamCache",
          "com.fasterxml.jackson.databind.JsonNode",
          // Camel resolves it by name for its own use: simple without the functions for files.
          "org.apache.camel.language.simple.SimpleNoFileLanguage");

  /** What every way to ask for a class comes to. */
  @Override
  protected Class<?> loadClass(String name, ClassLoader loader) {
    Class<?> found = super.loadClass(name, loader);
    if (found == null || DATA.contains(name) || Throwable.class.isAssignableFrom(found)) {
      return found;
    }
    throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_CLASS, name);
  }
}

package org.kiban.exchange.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kiban.exchange.declaration.Declaration;
import org.kiban.exchange.declaration.DeclarationReader;

/** One conversion with all that came of it. */
final class Converting {

  static final Charset CP932 = Charset.forName("windows-31j");

  private static final DeclarationReader READER = new DeclarationReader();

  final Conversion conversion;
  final byte[] output;
  final List<Reject> rejects = new ArrayList<>();

  private Converting(Declaration declaration, InputStream input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    conversion = new FileConverter(declaration).convert(input, 0, out, rejects::add);
    output = out.toByteArray();
  }

  /** Converts bytes that arrive in pieces as small as the streams of a network give them. */
  static Converting of(String yaml, byte[] input) throws IOException {
    return new Converting(declaration(yaml), new ByteArrayInputStream(input));
  }

  static Converting of(String yaml, String input) throws IOException {
    return of(yaml, input.getBytes(UTF_8));
  }

  static Converting of(String yaml, InputStream input) throws IOException {
    return new Converting(declaration(yaml), input);
  }

  static Converting drop(String yaml, byte[] input) throws IOException {
    return new Converting(
        declaration(yaml),
        new ByteArrayInputStream(input) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 1));
          }
        });
  }

  /** A declaration whose head is always the same. */
  static Declaration declaration(String yaml) {
    String head =
        """
        interface: test
        name: 試験
        provider: "031"
        consumers: [{ system: "010" }]
        """;
    return READER.read("test.yaml", (head + yaml).getBytes(UTF_8));
  }

  String text() {
    return new String(output, UTF_8);
  }

  /** For example {@code 3 E0001 氏名}. */
  List<String> findings() {
    List<String> all = new ArrayList<>();
    for (Reject reject : rejects) {
      for (Finding finding : reject.findings()) {
        all.add(reject.row() + " " + finding.code() + " " + finding.columnName());
      }
    }
    return all;
  }

  List<String> reasons(Locale locale) {
    return rejects.stream()
        .flatMap(reject -> reject.findings().stream())
        .map(finding -> finding.reason(locale))
        .toList();
  }
}

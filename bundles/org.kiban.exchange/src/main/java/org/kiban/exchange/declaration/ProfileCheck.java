package org.kiban.exchange.declaration;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kiban.exchange.ExchangeMessage;
import org.kiban.exchange.declaration.Profile.Format;
import org.kiban.exchange.declaration.Profile.Header;
import org.kiban.exchange.declaration.Profile.Newline;

/** Whether the two forms of a file are possible, and the one can be made out of the other. */
final class ProfileCheck {

  /** Charsets in which a byte of 0x0A is a newline, whatever stands before it. */
  private static final Set<Encoding> FIXED =
      Set.of(Encoding.UTF_8, Encoding.WINDOWS_31J, Encoding.SHIFT_JIS, Encoding.EUC_JP);

  private final YamlFile file;
  private final JsonNode json;
  private final DeclarationBuilder builder;

  ProfileCheck(YamlFile file, DeclarationBuilder builder) {
    this.file = file;
    this.json = file.json();
    this.builder = builder;
  }

  void check() {
    Profile input = builder.profile(json, "input");
    Profile output = builder.profile(json, "output");
    boolean binary = input.format() == Format.BINARY;
    if (binary != (output.format() == Format.BINARY)) {
      file.problem(List.of("output"), ExchangeMessage.BINARY_BOTH);
    }
    if (binary && json.has("columns")) {
      file.problem(List.of("columns"), ExchangeMessage.BINARY_COLUMNS);
    }
    side("input", input);
    side("output", output);
    header(input, output);
    replacements(output.charset());
  }

  private void side(String side, Profile profile) {
    if (profile.format() == Format.FIXED) {
      fixed(side, profile);
    } else if (profile.format() == Format.CSV && profile.newline() == Newline.NONE) {
      file.problem(List.of(side, "newline"), ExchangeMessage.NEWLINE_NONE);
    }
    if (profile.delimiter() == '"') {
      file.problem(List.of(side, "delimiter"), ExchangeMessage.FIELD_WRONG, "\"");
    }
    if (profile.bom() != Profile.Bom.NONE
        && profile.bom() != Profile.Bom.OPTIONAL
        && !profile.charset().isUnicode()) {
      file.problem(
          List.of(side, "bom"), ExchangeMessage.NOT_FOR_CHARSET, profile.charset().javaName());
    }
  }

  private void fixed(String side, Profile profile) {
    if (!FIXED.contains(profile.charset())) {
      file.problem(
          List.of(side, "charset"), ExchangeMessage.NOT_FOR_CHARSET, profile.charset().javaName());
    }
    if (profile.header() != Header.NONE) {
      file.problem(List.of(side, "header"), ExchangeMessage.FIXED_HEADER);
    }
    if (!json.has("columns")) {
      file.problem(List.of("columns"), ExchangeMessage.FIELD_MISSING);
    }
    for (int i = 0; i < json.path("columns").size(); i++) {
      if (!json.path("columns").path(i).has("width")) {
        file.problem(List.of("columns", i, "width"), ExchangeMessage.FIELD_MISSING);
      }
    }
  }

  private void header(Profile input, Profile output) {
    boolean columns = json.has("columns");
    if (!columns && output.header() == Header.ROMANISED) {
      file.problem(List.of("output", "header"), ExchangeMessage.HEADER_COLUMNS);
    }
    if (!columns && input.header() == Header.ROMANISED) {
      file.problem(List.of("input", "header"), ExchangeMessage.HEADER_COLUMNS);
    }
    if (!columns
        && output.format() != Format.BINARY
        && output.header() == Header.NAMES
        && input.header() == Header.NONE) {
      file.problem(List.of("output", "header"), ExchangeMessage.HEADER_COLUMNS);
    }
    if (input.header() == Header.ROMANISED || output.header() == Header.ROMANISED) {
      for (int i = 0; i < json.path("columns").size(); i++) {
        if (!json.path("columns").path(i).has("romaji")) {
          file.problem(List.of("columns", i, "romaji"), ExchangeMessage.FIELD_MISSING);
        }
      }
    }
  }

  private void replacements(Encoding charset) {
    if (charset.isUnicode()) {
      return;
    }
    CharsetEncoder encoder = Charset.forName(charset.javaName()).newEncoder();
    for (Map.Entry<String, JsonNode> entry : json.path("replacements").properties()) {
      if (!encoder.canEncode(entry.getValue().asText())) {
        file.problem(
            List.of("replacements", entry.getKey()),
            ExchangeMessage.REPLACEMENT_CHARSET,
            charset.javaName());
      }
    }
  }
}

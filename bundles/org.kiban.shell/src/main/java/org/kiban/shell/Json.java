package org.kiban.shell;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.kiban.core.MunicipalityCode;

/** The JSON of {@code --json}: keys in kebab-case as in configuration, times in ISO-8601. */
final class Json {

  private Json() {}

  static String write(Object value) {
    try {
      return mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not printable as JSON: " + value.getClass(), e);
    }
  }

  private static ObjectMapper mapper() {
    SimpleModule texts = new SimpleModule();
    texts.addSerializer(Instant.class, new AsText<>());
    texts.addSerializer(Path.class, new AsText<>());
    texts.addSerializer(MunicipalityCode.class, new AsText<>());
    texts.addSerializer(new AsWord());
    return JsonMapper.builder()
        .addModule(texts)
        .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build();
  }

  /** Writes a constant as configuration does: {@code NOT_YET} is {@code not-yet}. */
  @SuppressWarnings("rawtypes")
  private static final class AsWord extends StdSerializer<Enum> {
    private static final long serialVersionUID = 1L;

    AsWord() {
      super(Enum.class);
    }

    @Override
    public void serialize(Enum value, JsonGenerator out, SerializerProvider serializers)
        throws IOException {
      out.writeString(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
  }

  /** Writes a value as its text. */
  private static final class AsText<T> extends JsonSerializer<T> {
    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider serializers)
        throws IOException {
      out.writeString(value.toString());
    }
  }
}

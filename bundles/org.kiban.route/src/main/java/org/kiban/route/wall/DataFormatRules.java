package org.kiban.route.wall;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.DefaultDataFormatResolver;
import org.apache.camel.spi.DataFormat;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/** Finds the data formats of routes. */
final class DataFormatRules extends DefaultDataFormatResolver {

  private static final Set<String> ALLOWED =
      Set.of(
          "crypto",
          "csv",
          "gzipDeflater",
          "jackson",
          "json-jackson",
          "mimeMultipart",
          "mime-multipart",
          "zipDeflater",
          "zipFile");

  @Override
  public DataFormat createDataFormat(String name, CamelContext context) {
    if (!ALLOWED.contains(name)) {
      throw new KibanException(Outcome.REFUSED, WallMessage.FORBIDDEN_DATA_FORMAT, name);
    }
    return super.createDataFormat(name, context);
  }
}

package org.kiban.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Site;

class JsonTest {

  private record Sample(MunicipalityCode code, Site siteOfNode, Instant at, Path file) {}

  @Test
  void writesAsConfigurationDoes() {
    Sample sample =
        new Sample(
            new MunicipalityCode("332020"),
            Site.GOVCLOUD,
            Instant.parse("2026-11-23T01:02:03.5Z"),
            Path.of("/倉敷"));
    assertThat(Json.write(sample).replaceAll("\\s", ""))
        .isEqualTo(
            "{\"code\":\"332020\",\"site-of-node\":\"govcloud\","
                + "\"at\":\"2026-11-23T01:02:03.500Z\",\"file\":\"/倉敷\"}");
  }
}

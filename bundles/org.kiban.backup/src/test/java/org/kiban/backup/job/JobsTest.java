package org.kiban.backup.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.core.KibanException;

class JobsTest {

  @Test
  void givenNothingThenThereIsOneJobThatSavesTheStateByHand() {
    Job job = jobs(Map.of()).get("main");
    assertThat(job.sources()).containsExactly("state");
    assertThat(job.schedule().isEmpty()).isTrue();
    assertThat(job.keep()).isEmpty();
    assertThat(job.hookLimit()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void givenNamedJobsThenEachHasItsOwnValuesAndTheCommonOnes() {
    Map<String, Job> jobs =
        jobs(
            Map.of(
                "jobs", words("nightly", "files"),
                "keep", words("daily 14", "within 1y"),
                "schedule", words("02:00"),
                "files.sources", words("/srv/a"),
                "files.schedule", words("sun 05:00"),
                "files.keep", words("last 2"),
                "nightly.before", words("/usr/bin/true", "x")));
    assertThat(jobs.keySet()).containsExactly("nightly", "files");
    assertThat(jobs.get("nightly").before()).containsExactly("/usr/bin/true", "x");
    assertThat(jobs.get("nightly").keep().orElseThrow().within()).isEqualTo("1y");
    assertThat(jobs.get("files").sources()).containsExactly("/srv/a");
    assertThat(jobs.get("files").keep().orElseThrow().counts()).isEqualTo(Map.of("last", 2));
    assertThat(jobs.get("files").before()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "jobs, Nightly",
    "schedule, 25:00",
    "keep, daily",
    "keep, sometimes 3",
    "keep, daily x"
  })
  void givenAWrongValueThenFileKeyAndValueAreNamed(String key, String value) {
    assertThatThrownBy(() -> jobs(Map.of(key, words(value))))
        .isInstanceOf(KibanException.class)
        .hasMessageContaining("KBN-BACKUP-015")
        .hasMessageContaining("file.json")
        .hasMessageContaining(key);
  }

  private static Map<String, Job> jobs(Map<String, Object> values) {
    return Jobs.of(new Values("file.json", values), ZoneOffset.UTC);
  }

  private static String[] words(String... words) {
    return List.of(words).toArray(String[]::new);
  }
}

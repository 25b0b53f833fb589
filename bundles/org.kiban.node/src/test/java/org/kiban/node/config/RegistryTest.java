package org.kiban.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.core.KibanException;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.node.FakeFeatures;
import org.kiban.node.FixedPaths;
import org.kiban.node.PlainFiles;

class RegistryTest {

  private static final String KURASHIKI = "org.kiban.municipality~332020.cfg.json";
  private static final String TAKAMATSU = "org.kiban.municipality~372013.cfg.json";

  @TempDir private Path directory;
  private final FakeFeatures features = new FakeFeatures("kiban-exchange", "kiban-http", "scr");
  private final PlainFiles files = new PlainFiles();
  private Path etc;

  @BeforeEach
  void directories() throws IOException {
    etc = Files.createDirectories(directory.resolve("設定 etc"));
  }

  @Test
  void knows_municipalities_before_anybody_asks() throws IOException {
    given(KURASHIKI, municipality("332020", "exchange\", \"number"));

    Registry registry = registry();

    assertThat(registry.all()).extracting(Municipality::name).containsExactly("試験市");
    assertThat(registry.require("332020").capabilities()).containsExactly("exchange", "number");
    assertThat(registry.desired().problems()).isEmpty();
    assertThat(registry.desired().configurations()).containsOnlyKeys("org.kiban.exchange~332020");
  }

  @Test
  void answers_an_operator_who_asks_for_somebody_else() throws IOException {
    Registry registry = registry();

    assertThatThrownBy(() -> registry.require("332021")).hasMessageStartingWith("KBN-NODE-030");
    assertThatThrownBy(() -> registry.require("372013")).hasMessageStartingWith("KBN-NODE-031");

    given(
        KURASHIKI, municipality("332020", "exchange").replaceFirst("\\{", "{\"enabled\": false,"));
    registry.trust(KURASHIKI);
    registry.scan();
    assertThatThrownBy(() -> registry.require("332020")).hasMessageStartingWith("KBN-NODE-037");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "332020"       | "332021"          | KBN-NODE-004 | (0?)
          "332020"       | "33202"           | KBN-NODE-004 | 33202
          "332020"       | 332020            | KBN-NODE-003 | "code"
          "332020"       | "372013"          | KBN-NODE-005 | 372013
          "code"         | "cod"             | KBN-NODE-002 | (code?)
          "name": "試験市", | ``             | KBN-NODE-009 | name
          "exchange"     | "exchagne"        | KBN-NODE-006 | (exchange?)
          "exchange"     | "http"            | KBN-NODE-006 | http
          ["exchange"]   | "exchange"        | KBN-NODE-003 | capabilities
          "chosha"       | "city-hall"       | KBN-NODE-007 | city-hall
          "production"   | "PRODUCTION"      | KBN-NODE-007 | PRODUCTION
          ]              | ],"enabled":"no"  | KBN-NODE-003 | enabled
          ]              | ,]                | KBN-NODE-001 | line
          """)
  void refuses_a_wrong_file_and_goes_on_with_the_others(
      String right, String wrong, String code, String reason) throws IOException {
    given(TAKAMATSU, municipality("372013", "exchange"));
    given(KURASHIKI, municipality("332020", "exchange").replace(right, wrong == null ? "" : wrong));
    boolean namedLikeAnother = "\"372013\"".equals(wrong);

    Registry registry = registry();

    assertThat(registry.all()).extracting(m -> m.code().value()).containsExactly("372013");
    KibanException problem = registry.desired().problems().get(KURASHIKI);
    assertThat(problem)
        .hasMessageStartingWith((namedLikeAnother ? "KBN-NODE-008" : code) + ": " + KURASHIKI)
        .hasMessageContaining(reason);
  }

  @Test
  void refuses_a_file_that_is_not_named_after_its_code() throws IOException {
    given("org.kiban.municipality~kurashiki.cfg.json", municipality("332020", "exchange"));

    assertThat(registry().desired().problems().values())
        .singleElement()
        .satisfies(p -> assertThat(p.code().code()).isEqualTo("KBN-NODE-005"));
  }

  @Test
  void believes_a_change_only_when_two_looks_agree() throws IOException {
    given(KURASHIKI, municipality("332020", "exchange"));
    Registry registry = registry();

    given(KURASHIKI, municipality("332020", "number"));
    registry.scan();
    assertThat(registry.require("332020").has("exchange")).isTrue();
    given(KURASHIKI, municipality("332020", "backup"));
    registry.scan();
    assertThat(registry.require("332020").has("exchange")).isTrue();
    registry.scan();
    assertThat(registry.require("332020").has("backup")).isTrue();

    Files.delete(etc.resolve(KURASHIKI));
    given(TAKAMATSU, municipality("372013", "exchange"));
    registry.scan();
    assertThat(registry.find(new MunicipalityCode("332020"))).isPresent();
    registry.scan();
    assertThat(registry.find(new MunicipalityCode("332020"))).isEmpty();
  }

  @Test
  void takes_what_the_node_itself_wrote_at_once() throws IOException {
    given(KURASHIKI, municipality("332020", "exchange"));
    Registry registry = registry();

    given(KURASHIKI, municipality("332020", "number"));
    registry.trust(KURASHIKI);
    registry.scan();

    assertThat(registry.require("332020").capabilities()).containsExactly("number");
  }

  @Test
  void keeps_what_is_in_force_when_a_file_turns_wrong_even_over_a_restart() throws IOException {
    given(KURASHIKI, municipality("332020", "exchange"));
    Registry registry = registry();

    given(KURASHIKI, "{ broken");
    registry.scan();
    registry.scan();
    Registry restarted = registry();

    for (Registry each : new Registry[] {registry, restarted}) {
      assertThat(each.require("332020").has("exchange")).isTrue();
      assertThat(each.desired().problems()).containsOnlyKeys(KURASHIKI);
    }
  }

  @Test
  void forgets_a_file_that_was_removed_while_the_node_was_down() throws IOException {
    given(KURASHIKI, municipality("332020", "exchange"));
    given(TAKAMATSU, municipality("372013", "exchange"));
    registry();
    Files.delete(etc.resolve(KURASHIKI));

    assertThat(registry().all()).extracting(m -> m.code().value()).containsExactly("372013");
  }

  @Test
  void does_not_mistake_an_unmounted_volume_for_a_wish() throws IOException {
    given(KURASHIKI, municipality("332020", "exchange"));
    Registry registry = registry();
    Files.delete(etc.resolve(KURASHIKI));

    registry.scan();
    registry.scan();

    assertThat(registry.require("332020").has("exchange")).isTrue();
    assertThat(registry.desired().problems().values().iterator().next())
        .hasMessageStartingWith("KBN-NODE-015");
    Files.delete(etc);
    registry.scan();
    assertThat(registry.all()).hasSize(1);
    assertThat(registry.desired().problems().values().iterator().next())
        .hasMessageStartingWith("KBN-NODE-013");
  }

  @Test
  void a_municipality_switched_off_is_declared_but_not_served() throws IOException {
    given(KURASHIKI, municipality("332020", "exchange").replace("]", "], \"enabled\": false"));

    Registry registry = registry();

    assertThat(registry.all()).isEmpty();
    assertThat(registry.desired().municipalities()).hasSize(1);
    assertThat(registry.desired().configurations()).isEmpty();
  }

  @Test
  void overlays_the_settings_of_a_capability() throws IOException {
    given(KURASHIKI, municipality("332020", "exchange"));
    given(TAKAMATSU, municipality("372013", "exchange"));
    given("org.kiban.exchange.cfg.json", "{\"retention-days\": 7, \"workers\": 2}");
    given("org.kiban.exchange~332020.cfg.json", "{\"retention-days\": 30}");
    given("org.kiban.messaging.broker.cfg.json", "{\"port\": 61617}");

    Desired desired = registry().desired();

    assertThat(desired.problems()).isEmpty();
    assertThat(desired.configurations())
        .containsOnlyKeys(
            "org.kiban.exchange~332020", "org.kiban.exchange~372013", "org.kiban.messaging.broker");
    assertThat(desired.configurations().get("org.kiban.exchange~332020"))
        .containsEntry("retention-days", 30L)
        .containsEntry("workers", 2L)
        .containsEntry("code", "332020");
    assertThat(desired.configurations().get("org.kiban.exchange~372013"))
        .containsEntry("retention-days", 7L);
  }

  @Test
  void refuses_files_that_nothing_reads() throws IOException {
    given("org.kiban.exchagne~332020.cfg.json", "{}");
    given("org.kiban.exchange~332021.cfg.json", "{}");
    given("org.kiban.exchange.cfg", "a=b");
    given("org.kiban.node.cfg.json", "{\"node-nam\": \"a\"}");

    assertThat(registry().desired().problems().values())
        .extracting(p -> p.code().code())
        .containsExactlyInAnyOrder("KBN-NODE-016", "KBN-NODE-004", "KBN-NODE-014", "KBN-NODE-002");
  }

  @Test
  void an_add_on_is_known_by_its_feature() throws IOException {
    given(KURASHIKI, municipality("332020", "parking"));
    Registry registry = registry();
    assertThat(registry.all()).isEmpty();

    features.available.add("kiban-parking");
    registry.scan();

    assertThat(registry.require("332020").has("parking")).isTrue();
    assertThat(registry.desired().problems()).isEmpty();
  }

  @Test
  void a_full_disk_is_a_problem_but_no_reason_to_stop() throws IOException {
    given(KURASHIKI, municipality("332020", "exchange"));
    files.full = true;
    Registry registry = registry();

    assertThat(registry.all()).hasSize(1);
    assertThat(registry.desired().problems()).containsOnlyKeys("in-force");
    files.full = false;
    assertThat(registry.scan().problems()).isEmpty();
  }

  private Registry registry() throws IOException {
    return new Registry(new FixedPaths(directory, etc), files, features);
  }

  private void given(String file, String content) throws IOException {
    Files.writeString(etc.resolve(file), content);
  }

  private static String municipality(String code, String capability) {
    return """
        {"code": "%s", "name": "試験市", "site": "chosha", "environment": "production",
         "capabilities": ["%s"]}
        """
        .formatted(code, capability);
  }
}

package org.kiban.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.felix.hc.api.Result.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.core.Environment;
import org.kiban.core.KibanException;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;
import org.kiban.core.Site;
import org.kiban.node.NodeMessages;
import org.kiban.node.config.Catalog;
import org.kiban.node.config.Declared;
import org.kiban.node.config.Desired;
import org.kiban.node.reconcile.Failure;
import org.kiban.node.reconcile.Reconciler.Progress;

class CapabilityViewTest {

  private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
  private static final Municipality KURASHIKI =
      new Municipality(
          new MunicipalityCode("332020"),
          "倉敷市",
          Site.CHOSHA,
          Environment.PRODUCTION,
          new TreeSet<>(List.of("exchange", "number")));

  private final Map<String, Instant> since = new TreeMap<>(Map.of("exchange~332020", START));
  private final TreeMap<String, Failure> failures = new TreeMap<>();
  private final Map<String, HealthMonitor.Answer> answers = new TreeMap<>();
  private String why = "";
  private Instant now = START.plusSeconds(1);

  @ParameterizedTest
  @CsvSource({
    "OK, 1, RUNNING",
    "WARN, 1, WARNING",
    "TEMPORARILY_UNAVAILABLE, 1, STARTING",
    "TEMPORARILY_UNAVAILABLE, 61, FAILED",
    "CRITICAL, 1, FAILED",
    "HEALTH_CHECK_ERROR, 1, FAILED"
  })
  void believes_the_health_check(Status status, long seconds, CapabilityState state) {
    answers.put("exchange", new HealthMonitor.Answer(status, "a message"));
    now = START.plusSeconds(seconds);

    CapabilityStatus exchange = status("exchange");

    assertThat(exchange.state()).isEqualTo(state);
    assertThat(exchange.reason()).isEqualTo("a message");
    assertThat(exchange.japanese()).isEqualTo("庁内データ連携");
  }

  @Test
  void names_what_the_distribution_does_not_carry() {
    assertThat(status("number").state()).isEqualTo(CapabilityState.UNAVAILABLE);
  }

  @Test
  void waits_for_installation_then_for_the_first_answer_but_not_for_ever() {
    since.clear();
    assertThat(status("exchange").state()).isEqualTo(CapabilityState.WAITING);

    since.put("exchange~332020", START);
    why = "waits for dataSource";
    assertThat(status("exchange").state()).isEqualTo(CapabilityState.STARTING);

    now = START.plusSeconds(61);
    assertThat(status("exchange").state()).isEqualTo(CapabilityState.FAILED);
    assertThat(status("exchange").reason()).isEqualTo("waits for dataSource");
  }

  @Test
  void a_coded_failure_of_the_component_counts_at_once() {
    why = "KBN-STORAGE-010: in use";

    assertThat(status("exchange").state()).isEqualTo(CapabilityState.FAILED);
    assertThat(status("exchange").reason()).isEqualTo(why);
  }

  @Test
  void an_installation_that_failed_counts_more_than_an_old_answer() {
    answers.put("exchange", new HealthMonitor.Answer(Status.OK, ""));
    KibanException problem =
        new KibanException(
            Outcome.FAILED, NodeMessages.INSTALL_FAILED, "exchange", "no such bundle", 5);
    failures.put("exchange", new Failure(problem, 1, START));

    assertThat(status("exchange").state()).isEqualTo(CapabilityState.FAILED);
    assertThat(status("exchange").reason())
        .isEqualTo("KBN-NODE-020: 機能 exchange を導入できません: no such bundle");
  }

  @Test
  void is_stopping_as_long_as_its_health_check_is_there() {
    Declared off = new Declared(KURASHIKI, false, "f");
    answers.put("exchange", new HealthMonitor.Answer(Status.OK, ""));
    answers.put("backup", new HealthMonitor.Answer(Status.OK, ""));

    assertThat(view().all(off, Locale.JAPANESE))
        .extracting(c -> c.name() + " " + c.state())
        .containsExactly("backup STOPPING", "exchange STOPPING", "number OFF");
    assertThat(view().all(new Declared(KURASHIKI, true, "f"), Locale.JAPANESE))
        .extracting(c -> c.name() + " " + c.state())
        .containsExactly("backup STOPPING", "exchange RUNNING", "number UNAVAILABLE");
    answers.clear();
    assertThat(view().all(off, Locale.JAPANESE))
        .extracting(CapabilityStatus::state)
        .containsOnly(CapabilityState.OFF);
  }

  private CapabilityStatus status(String capability) {
    return view().of(KURASHIKI, capability, Locale.JAPANESE);
  }

  private CapabilityView view() {
    TreeMap<MunicipalityCode, Declared> declared = new TreeMap<>();
    declared.put(KURASHIKI.code(), new Declared(KURASHIKI, true, "f"));
    Desired desired =
        new Desired(
            declared,
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeSet<>(Set.of("exchange")));
    return new CapabilityView(
        new Catalog(),
        desired,
        new Progress(true, failures, since),
        tag -> tag.equals("332020") ? answers : Map.of(),
        pid -> why,
        now,
        Duration.ofSeconds(60));
  }
}

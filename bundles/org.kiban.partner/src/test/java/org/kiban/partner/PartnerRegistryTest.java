package org.kiban.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kiban.core.Environment;
import org.kiban.core.KibanException;
import org.kiban.core.Municipalities;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.core.Outcome;
import org.kiban.core.Partner;
import org.kiban.core.PartnerUse;
import org.kiban.core.Site;
import org.kiban.core.storage.DurableFiles;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

class PartnerRegistryTest {

  private static final MunicipalityCode KURASHIKI = new MunicipalityCode("332020");
  private static final MunicipalityCode TAKAMATSU = new MunicipalityCode("372013");

  @TempDir private Path etc;
  private final List<PartnerUse> uses = new ArrayList<>();
  private boolean diskFull;
  private Path file;
  private PartnerRegistry registry;

  @BeforeEach
  void registry() throws IOException {
    Files.createDirectories(etc.resolve("partner"));
    Files.copy(
        Path.of("../../etc/partner/business-ids.json"), etc.resolve("partner/business-ids.json"));
    file = etc.resolve("partner/332020.json");
    registry = new PartnerRegistry(context(), paths(), files(), new TwoCities());
  }

  @Test
  void registers_a_business_system_under_its_own_name() throws IOException {
    Partner added = registry.add("332020", partner("001", "", Environment.PRODUCTION), false);

    assertThat(added.name()).isEqualTo("住民基本台帳");
    assertThat(registry.all(KURASHIKI)).containsExactly(added);
    assertThat(registry.require(KURASHIKI, "001").endpoints()).containsEntry("sftp", "sftp://h/in");
    assertThat(registry.all(TAKAMATSU)).isEmpty();
    assertThat(Files.readString(file)).contains("\"住民基本台帳\"").endsWith("}\n");
  }

  @Test
  void a_dry_run_checks_but_writes_nothing() {
    registry.add("332020", partner("001", "", Environment.PRODUCTION), true);

    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "0012, a, PRODUCTION, KBN-PARTNER-001",
    "a1b, a, PRODUCTION, KBN-PARTNER-001",
    "099, a, PRODUCTION, KBN-PARTNER-009",
    "A01, '', PRODUCTION, KBN-PARTNER-012",
    "001, '', VERIFICATION, KBN-PARTNER-004"
  })
  void refuses_what_may_not_be_registered(
      String id, String name, Environment environment, String code) {
    assertThatThrownBy(() -> registry.add("332020", partner(id, name, environment), false))
        .hasMessageStartingWith(code);
    assertThat(file).doesNotExist();
  }

  @Test
  void verification_refuses_a_production_partner_as_well() {
    assertThatThrownBy(
            () -> registry.add("372013", partner("001", "", Environment.PRODUCTION), false))
        .hasMessageStartingWith(
            "KBN-PARTNER-004: 372013 is verification, but partner 001 is production")
        .extracting(e -> ((KibanException) e).outcome())
        .isEqualTo(Outcome.REFUSED);
  }

  @Test
  void refuses_the_same_id_twice_and_a_municipality_that_is_not_there() {
    registry.add("332020", partner("A01", "福祉", Environment.PRODUCTION), false);

    assertThatThrownBy(
            () -> registry.add("332020", partner("A01", "b", Environment.PRODUCTION), false))
        .hasMessageStartingWith("KBN-PARTNER-003");
    assertThatThrownBy(() -> registry.require(KURASHIKI, "B01"))
        .hasMessageStartingWith("KBN-PARTNER-002");
    assertThatThrownBy(() -> registry.remove("332020", "B01", false))
        .hasMessageStartingWith("KBN-PARTNER-002");
  }

  @Test
  void does_not_remove_what_is_in_use() {
    registry.add("332020", partner("001", "", Environment.PRODUCTION), false);
    uses.add((code, id) -> id.equals("001") ? List.of("juki-daily") : List.of());

    assertThatThrownBy(() -> registry.remove("332020", "001", false))
        .hasMessage("KBN-PARTNER-005: partner 001 of 332020 is in use by: juki-daily");
    uses.clear();
    registry.remove("332020", "001", true);
    assertThat(registry.all(KURASHIKI)).hasSize(1);
    registry.remove("332020", "001", false);
    assertThat(registry.all(KURASHIKI)).isEmpty();
  }

  @Test
  void keeps_comments_and_order_of_the_operator() throws IOException {
    Files.writeString(
        file,
        """
        {"//": "情報システム課",
         "partners": [{"//": "要確認", "id": "002", "environment": "production"},
                      {"id": "001", "environment": "production", "endpoints": {"//a": "b"}}]}
        """);

    registry.add("332020", partner("A01", "福祉", Environment.PRODUCTION), false);
    registry.remove("332020", "001", false);

    assertThat(Files.readString(file)).contains("情報システム課").contains("要確認");
    assertThat(registry.all(KURASHIKI)).extracting(Partner::id).containsExactly("002", "A01");
  }

  @Test
  void leaves_wrong_entries_out_names_them_and_goes_on() throws IOException {
    Files.writeString(
        file,
        """
        {"partners": [
          {"id": "001", "environment": "production"},
          {"id": "001", "environment": "production"},
          {"id": "002", "environment": "verification"},
          {"id": "003", "environment": "prod"},
          {"id": "004"},
          {"id": "005", "environment": "production", "vendr": "a"},
          {"id": "006", "environment": "production", "zone": 1},
          {"id": "007", "environment": "production", "endpoints": {"a": 1}},
          {"id": "zzz", "environment": "production"}]}
        """);

    assertThat(registry.all(KURASHIKI)).extracting(Partner::id).containsExactly("001");
    assertThat(registry.find(KURASHIKI, "002")).isEmpty();
    assertThatThrownBy(() -> registry.require(KURASHIKI, "002"))
        .hasMessageStartingWith("KBN-PARTNER-004");
    assertThat(registry.problems(new TwoCities().require("332020")))
        .extracting(p -> p.code().code())
        .containsExactlyInAnyOrder(
            "KBN-PARTNER-013",
            "KBN-PARTNER-004",
            "KBN-PARTNER-011",
            "KBN-PARTNER-007",
            "KBN-PARTNER-007",
            "KBN-PARTNER-007",
            "KBN-PARTNER-007",
            "KBN-PARTNER-001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{ | line 1", "[] | partners", "{\"partners\": 1} | partners"})
  void a_broken_file_is_refused_as_a_whole_and_never_overwritten(String text, String place)
      throws IOException {
    Files.writeString(file, text);

    assertThatThrownBy(
            () -> registry.add("332020", partner("001", "", Environment.PRODUCTION), false))
        .hasMessageStartingWith("KBN-PARTNER-006: etc/partner/332020.json")
        .hasMessageContaining(place);
    assertThat(file).hasContent(text);
  }

  @Test
  void a_full_disk_is_said_so() {
    diskFull = true;

    assertThatThrownBy(
            () -> registry.add("332020", partner("001", "", Environment.PRODUCTION), false))
        .hasMessageStartingWith("KBN-PARTNER-008")
        .hasMessageContaining("No space left");
  }

  @Test
  void the_list_of_business_ids_is_the_operators() throws IOException {
    assertThat(registry.businessIds()).hasSize(39).containsEntry("039", "火葬");

    Files.writeString(etc.resolve("partner/business-ids.json"), "{\"501\": \"駐輪場\"}");

    assertThat(registry.add("332020", partner("501", "", Environment.PRODUCTION), true).name())
        .isEqualTo("駐輪場");
  }

  private static Partner partner(String id, String name, Environment environment) {
    return new Partner(
        id, name, "A社", environment, "庁内", new TreeMap<>(Map.of("sftp", "sftp://h/in")));
  }

  private BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getServiceReferences" ->
                      uses.stream().map(PartnerRegistryTest::reference).toList();
                  case "getService" -> uses.get(((Comparable<?>) arguments[0]).compareTo(null));
                  default -> true;
                });
  }

  private static ServiceReference<?> reference(PartnerUse use) {
    return (ServiceReference<?>)
        Proxy.newProxyInstance(
            PartnerRegistryTest.class.getClassLoader(),
            new Class<?>[] {ServiceReference.class},
            (proxy, method, arguments) -> method.getName().equals("compareTo") ? 0 : null);
  }

  private NodePaths paths() {
    return (NodePaths)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {NodePaths.class},
            (proxy, method, arguments) -> etc);
  }

  private DurableFiles files() {
    return new DurableFiles() {
      @Override
      public void write(Path target, Content content) throws IOException {
        if (diskFull) {
          throw new IOException("No space left on device");
        }
        try (OutputStream out = Files.newOutputStream(target)) {
          content.writeTo(out);
        }
      }

      @Override
      public void move(Path source, Path target) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void delete(Path target) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void syncDirectory(Path directory) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private static final class TwoCities implements Municipalities {
    @Override
    public List<Municipality> all() {
      return List.of(
          city(KURASHIKI, Environment.PRODUCTION), city(TAKAMATSU, Environment.VERIFICATION));
    }

    private static Municipality city(MunicipalityCode code, Environment environment) {
      return new Municipality(code, "市", Site.CHOSHA, environment, new TreeSet<>());
    }

    @Override
    public Optional<Municipality> find(MunicipalityCode code) {
      return all().stream().filter(m -> m.code().equals(code)).findFirst();
    }

    @Override
    public Municipality require(String code) {
      return find(new MunicipalityCode(code)).orElseThrow();
    }
  }
}

package org.kiban.addon.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.kiban.addon.pack.AddonBundle;
import org.kiban.addon.pack.AddonManifest;
import org.kiban.addon.pack.AddonVersion;
import org.kiban.addon.pack.Permissions;
import org.kiban.addon.pack.Signer;
import org.kiban.addon.pack.Verified;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.core.storage.DurableFiles;
import org.kiban.core.storage.Journal;
import org.kiban.storage.DurableFilesComponent;
import org.kiban.storage.journal.JournalsComponent;

class TransactionTest {

  private static final String ID = "jp.example.tea";
  private static final SecretKey KEY = new SecretKeySpec(new byte[32], "AES");
  private static final Permissions NONE =
      new Permissions(List.of(), List.of(), List.of(), List.of(), List.of());

  @TempDir private Path folder;

  private final DurableFiles files = new DurableFilesComponent();
  private final List<Journal> open = new ArrayList<>();
  private FakeNode node;
  private Shop shop;

  @BeforeEach
  void givenANode() throws IOException {
    node = new FakeNode(folder.resolve("store"));
    shop = shop(folder);
  }

  @AfterEach
  void closeJournals() throws IOException {
    for (Journal journal : open) {
      journal.close();
    }
  }

  private Shop shop(Path where) throws IOException {
    closeJournals();
    open.clear();
    Journal journal =
        new KilledJournal(new JournalsComponent(files).open(where.resolve("journal"), KEY), node);
    open.add(journal);
    Store store =
        new Store(
            where.resolve("store"),
            files,
            (verified, to) -> {
              for (AddonBundle bundle : verified.bundles()) {
                node.operation();
                Files.writeString(to.resolve(bundle.symbolicName() + ".jar"), "jar");
              }
            });
    return new Shop(
        new AddonJournal(journal, () -> Instant.EPOCH),
        store,
        node,
        node,
        node,
        node,
        files,
        where.resolve("before.json"),
        () -> Instant.EPOCH);
  }

  static Verified verified(String version) {
    AddonVersion parsed = AddonVersion.parse(version);
    return new Verified(
        new AddonManifest(ID, parsed, "茶", "tea", "例", Map.of(), NONE),
        new Signer("0", "例", List.of("jp.example"), NONE, LocalDate.of(2026, 4, 1), LocalDate.MAX),
        List.of(),
        List.of(bundle(ID, parsed, 91), bundle(ID + ".cup", parsed, 90)),
        List.of(),
        Path.of("/tea-" + version + ".kar"),
        version);
  }

  private static AddonBundle bundle(String name, AddonVersion version, int level) {
    return new AddonBundle(
        name,
        version,
        level,
        false,
        new org.kiban.addon.pack.Entry(name + ".jar", 3, "0".repeat(64)));
  }

  private Entry put(Operation operation, String version) {
    return put(operation, version, step -> {});
  }

  private Entry put(Operation operation, String version, Consumer<Step> progress) {
    new Transaction(shop, operation, ID, Optional.of(verified(version)), progress).run();
    return shop.journal().entries().get(0);
  }

  private Entry remove() {
    new Transaction(shop, Operation.REMOVE, ID, Optional.empty(), step -> {}).run();
    return shop.journal().entries().get(0);
  }

  private String version() {
    Addon addon = shop.journal().installed().get(ID);
    return addon == null ? "none" : addon.version();
  }

  /** The version whose bundles all run, if exactly those of the version are there. */
  private static String running(FakeNode node) {
    Set<String> locations = node.bundles.keySet();
    if (locations.isEmpty()) {
      return "none";
    }
    String version = locations.iterator().next().split("/")[2];
    boolean whole =
        locations.size() == 2
            && locations.stream().allMatch(l -> l.contains("/" + version + "/"))
            && !node.bundles.containsValue(false);
    return whole ? version : "between: " + node.bundles;
  }

  @Test
  void installsUpdatesAndRemovesInTheOrderOfStartLevels() {
    List<Step> steps = new ArrayList<>();

    assertThat(put(Operation.INSTALL, "1.0.0", steps::add).outcome()).isEqualTo(Step.KEPT);
    assertThat(running(node)).isEqualTo("1.0.0");
    assertThat(steps)
        .containsExactly(
            Step.STORED, Step.RESOLVED, Step.SWAPPED, Step.HEALTHY, Step.REHEARSED, Step.KEPT);
    assertThat(node.touched.get(1)).contains("tea.cup");

    assertThat(put(Operation.UPDATE, "2.0.0").from()).isEqualTo("1.0.0");
    assertThat(running(node)).isEqualTo("2.0.0");
    assertThat(folder.resolve("store/jp.example.tea")).isDirectoryContaining("glob:**/2.0.0");
    assertThat(folder.resolve("store/jp.example.tea/1.0.0")).doesNotExist();

    remove();
    assertThat(running(node)).isEqualTo("none");
    assertThat(folder.resolve("store/jp.example.tea")).doesNotExist();
    assertThat(shop.journal().entries()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "unresolvable, KBN-ADDON-207",
    "failing, KBN-ADDON-221",
    "hopeless, KBN-ADDON-224",
    "threads, KBN-ADDON-225",
    "loaders, KBN-ADDON-226"
  })
  void whatGoesWrongLeavesTheStateAsItWas(String what, String code) {
    put(Operation.INSTALL, "1.0.0");
    String before = node.now().digest();
    sabotage(what, "2.0.0");

    assertThatThrownBy(() -> put(Operation.UPDATE, "2.0.0"))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code().code()).isEqualTo(code));

    assertThat(node.now().digest()).isEqualTo(before);
    assertThat(running(node)).isEqualTo("1.0.0");
    assertThat(version()).isEqualTo("1.0.0");
    Entry entry = shop.journal().entries().get(0);
    assertThat(entry.outcome()).isEqualTo(Step.ROLLED_BACK);
    assertThat(entry.exact()).isTrue();
    assertThat(entry.reason()).startsWith(code);
  }

  private void sabotage(String what, String version) {
    switch (what) {
      case "unresolvable" -> node.unresolvable = version;
      case "failing" -> node.failing = version;
      case "hopeless" -> node.hopeless = version;
      case "threads" -> node.threads = version;
      default -> node.loaders = version;
    }
  }

  @Test
  void aPackageThatLacksAnImportIsRefusedBeforeAnythingRunningIsTouched() {
    put(Operation.INSTALL, "1.0.0");
    node.touched.clear();
    node.unresolvable = "2.0.0";

    assertThatThrownBy(() -> put(Operation.UPDATE, "2.0.0"))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.REFUSED));

    assertThat(node.touched).containsExactly("watch");
  }

  @Test
  void whatCannotBePutBackIsNamed() {
    put(Operation.INSTALL, "1.0.0");
    node.failing = "2.0.0";

    assertThatThrownBy(
            () ->
                put(
                    Operation.UPDATE,
                    "2.0.0",
                    step -> {
                      if (step == Step.RESOLVED) {
                        node.failing = "1.0.0";
                        throw new IllegalStateException("and the old one does not start either");
                      }
                    }))
        .isInstanceOf(KibanException.class);
    // the old one was never stopped, so it still runs
    assertThat(running(node)).isEqualTo("1.0.0");

    node.hopeless = "2.0.0";
    assertThatThrownBy(() -> put(Operation.UPDATE, "2.0.0"))
        .isInstanceOfSatisfying(
            KibanException.class,
            e -> {
              assertThat(e.code()).isEqualTo(SwapMessage.NOT_EXACT);
              assertThat(e.outcome()).isEqualTo(Outcome.PARTIAL);
              assertThat(e).hasMessageContaining("kiban-addon:jp.example.tea");
            });
    assertThat(shop.journal().entries().get(0).exact()).isFalse();
  }

  @Test
  void troubleOnTheWayBackIsToldThoughTheStateIsExact() {
    put(Operation.INSTALL, "1.0.0");
    node.failing = "2.0.0";
    node.unrestorable = true;

    assertThatThrownBy(() -> put(Operation.UPDATE, "2.0.0"))
        .hasMessageStartingWith("KBN-ADDON-221")
        .satisfies(
            e ->
                assertThat(e.getSuppressed()[0])
                    .hasMessageStartingWith("KBN-ADDON-235")
                    .hasMessageContaining("no room"));
    assertThat(running(node)).isEqualTo("1.0.0");
  }

  /** What happens while the process is killed. */
  enum Story {
    INSTALL,
    UPDATE,
    REMOVE,
    SABOTAGED
  }

  @ParameterizedTest
  @EnumSource(Story.class)
  void whereverItIsKilledItComesUpOldOrNewAndNeverBetween(Story story) throws IOException {
    boolean finished = false;
    int operations = 0;
    int old = 0;
    for (; !finished; operations++) {
      Path here = Files.createDirectory(folder.resolve(story + "-" + operations));
      node = new FakeNode(here.resolve("store"));
      shop = shop(here);
      if (story != Story.INSTALL) {
        put(Operation.INSTALL, "1.0.0");
      }
      String before = node.now().digest();
      node.left = operations;
      finished = !killed(story);

      node.reboot();
      shop = shop(here);
      assertThat(shop.recover()).isEmpty();

      assertThat(running(node)).as("killed before operation %s", operations).isEqualTo(version());
      assertThat(version()).isIn(story == Story.REMOVE ? Set.of("1.0.0", "none") : versions(story));
      assertThat(shop.journal().open()).isEmpty();
      if (version().equals(story == Story.INSTALL ? "none" : "1.0.0")) {
        old++;
        assertThat(node.now().digest()).isEqualTo(before);
        assertThat(shop.journal().entries()).allMatch(e -> e.outcome() == Step.KEPT || e.exact());
      }
    }
    assertThat(operations).as("points at which it was killed").isGreaterThan(5);
    assertThat(old).isGreaterThan(story == Story.SABOTAGED ? 5 : 2);
  }

  private static Set<String> versions(Story story) {
    return switch (story) {
      case INSTALL -> Set.of("none", "1.0.0");
      case SABOTAGED -> Set.of("1.0.0");
      default -> Set.of("1.0.0", "2.0.0");
    };
  }

  private boolean killed(Story story) {
    try {
      switch (story) {
        case INSTALL -> put(Operation.INSTALL, "1.0.0");
        case UPDATE -> put(Operation.UPDATE, "2.0.0");
        case REMOVE -> remove();
        default -> {
          node.failing = "2.0.0";
          put(Operation.UPDATE, "2.0.0");
        }
      }
      return false;
    } catch (FakeNode.Killed e) {
      return true;
    } catch (KibanException e) {
      assertThat(story).isEqualTo(Story.SABOTAGED);
      return false;
    }
  }

  @Test
  void anAddonThatCannotStartYetIsTriedAgain() throws IOException {
    put(Operation.INSTALL, "1.0.0");
    node.bundles.clear();
    node.unresolvable = "1.0.0";

    assertThat(shop.recover()).containsOnlyKeys(ID);

    node.unresolvable = "";
    assertThat(shop.recover()).isEmpty();
    assertThat(running(node)).isEqualTo("1.0.0");
  }
}

package org.kiban.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.keys.Keys;

class KeyVaultTest {

  private static final MunicipalityCode KURASHIKI = new MunicipalityCode("332020");
  private static final MunicipalityCode TAKAMATSU = new MunicipalityCode("372013");

  @TempDir Path root;
  private Node node;
  private Path master;

  @BeforeEach
  void givenANode() throws IOException {
    node = new Node(root);
    master = node.security().resolve("master.key");
  }

  @Test
  void givesTheSameKeyAtEveryCallAndAfterARestart() {
    byte[] first = open().municipality(KURASHIKI, "exchange-journal").getEncoded();

    byte[] again = open().municipality(KURASHIKI, "exchange-journal").getEncoded();

    assertThat(again).isEqualTo(first).hasSize(32);
  }

  @Test
  void givesNoKeyTwice() {
    Keys keys = open();

    List<byte[]> all =
        List.of(
            keys.municipality(KURASHIKI, "exchange-journal").getEncoded(),
            keys.municipality(KURASHIKI, "exchange-database").getEncoded(),
            keys.municipality(TAKAMATSU, "exchange-journal").getEncoded(),
            keys.node("exchange-journal").getEncoded());

    assertThat(all).doesNotHaveDuplicates();
  }

  @Test
  void writesFilesThatOnlyTheOwnerReadsAndThatHoldNoKeyInClear() throws IOException {
    open().municipality(KURASHIKI, "x");

    for (Path file : List.of(master, dataKey(KURASHIKI))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(dataKey(KURASHIKI))).startsWith("kiban-data-key:1:332020:");
  }

  @Test
  void aDeletedKeyNeverComesBack() throws IOException {
    Keys keys = open();
    byte[] before = keys.municipality(KURASHIKI, "x").getEncoded();
    byte[] neighbour = keys.municipality(TAKAMATSU, "x").getEncoded();

    Files.delete(dataKey(KURASHIKI));

    assertThat(keys.municipality(KURASHIKI, "x").getEncoded()).isNotEqualTo(before);
    assertThat(keys.municipality(TAKAMATSU, "x").getEncoded()).isEqualTo(neighbour);
  }

  @Test
  void everyChangedByteOfAWrappedKeyIsNoticed() throws IOException {
    open().municipality(KURASHIKI, "x");
    byte[] good = Files.readAllBytes(dataKey(KURASHIKI));

    for (int i = 0; i < good.length - 1; i++) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(dataKey(KURASHIKI), bad);
      Keys keys = open();
      assertThatThrownBy(() -> keys.municipality(KURASHIKI, "x"))
          .as("byte %d", i)
          .isInstanceOf(KibanException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "kiban-data-key:1:332020", "kiban-data-key:2:a:b:c:d"})
  void aCutKeyIsRefused(String content) throws IOException {
    open().municipality(KURASHIKI, "x");
    Files.writeString(dataKey(KURASHIKI), content);

    thenCode(() -> open().municipality(KURASHIKI, "x"), "KBN-SECURITY-003");
  }

  @Test
  void aKeyOfAnotherMunicipalityIsRefused() throws IOException {
    Keys keys = open();
    keys.municipality(KURASHIKI, "x");
    keys.municipality(TAKAMATSU, "x");

    Files.write(dataKey(TAKAMATSU), Files.readAllBytes(dataKey(KURASHIKI)));

    thenCode(() -> keys.municipality(TAKAMATSU, "x"), "KBN-SECURITY-003");
  }

  @Test
  void aMissingMasterKeyIsNeverReplacedWhileKeysNeedIt() throws IOException {
    open().municipality(KURASHIKI, "x");
    Files.delete(master);

    thenCode(this::open, "KBN-SECURITY-001");
    assertThat(master).doesNotExist();
  }

  @Test
  void aWrongMasterKeyIsToldFromADamagedKey() throws IOException {
    open().municipality(KURASHIKI, "x");
    Path other = root.resolve("other.key");
    MasterKey.open(other, false, node);
    Files.write(master, Files.readAllBytes(other));

    thenCode(() -> open().municipality(KURASHIKI, "x"), "KBN-SECURITY-002");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "kiban-master-key:1:",
        "kiban-master-key:1:AAAA",
        "kiban-master-key:1:***",
        "some-other-words:1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
      })
  void whatIsNoMasterKeyIsRefusedWithoutPrintingIt(String content) throws IOException {
    Files.writeString(master, content);

    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code().code()).isEqualTo("KBN-SECURITY-004"))
        .hasMessageNotContaining("AAAA")
        .hasNoCause();
  }

  @Test
  void manyFirstUsersGetOneKey() throws Exception {
    Keys keys = open();
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Callable<List<Byte>>> calls = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      calls.add(() -> boxed(keys.municipality(KURASHIKI, "x").getEncoded()));
    }

    List<List<Byte>> got = new ArrayList<>();
    for (var future : pool.invokeAll(calls)) {
      got.add(future.get());
    }
    pool.shutdown();

    assertThat(got).hasSize(32).containsOnly(got.get(0));
  }

  private static List<Byte> boxed(byte[] bytes) {
    List<Byte> list = new ArrayList<>();
    for (byte b : bytes) {
      list.add(b);
    }
    return list;
  }

  private KeyVault open() {
    return new KeyVault(MasterKey.open(master, KeyVault.holdsKeys(node.data()), node), node, node);
  }

  private Path dataKey(MunicipalityCode code) {
    return node.municipalityDirectory(code, "security").resolve(KeyVault.FILE);
  }

  private static void thenCode(ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code().code()).isEqualTo(code));
  }
}

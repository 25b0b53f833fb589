package org.kiban.audit.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kiban.audit.Act;
import org.kiban.audit.AuditLedger;
import org.kiban.audit.AuditMessage;
import org.kiban.audit.Ledgers;
import org.kiban.core.KibanException;

/** An export, verified by nothing but the file and an authority that keytool made. */
class ExportTest {

  private static final String PASSWORD = "changeit";

  @TempDir private static Path keys;
  @TempDir private Path data;
  private Path file;

  @BeforeAll
  static void makeKeys() throws Exception {
    for (String authority : List.of("ca", "other")) {
      keytool("-genkeypair", "-alias", authority, "-dname", "CN=" + authority, "-ext", "bc:c");
      keytool("-exportcert", "-rfc", "-alias", authority, "-file", keys + "/" + authority + ".crt");
    }
    keytool("-genkeypair", "-alias", "kiban", "-dname", "CN=node-a", "-signer", "ca");
    keytool("-delete", "-alias", "ca");
    keytool("-delete", "-alias", "other");
  }

  private static void keytool(String... words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/keytool"));
    command.addAll(Arrays.asList(words));
    command.addAll(List.of("-keystore", keys + "/node.p12", "-storepass", PASSWORD));
    if (words[0].equals("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-startdate"));
      command.addAll(List.of("2026/11/01", "-validity", "60"));
    }
    ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
    Process started = process.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    assertThat(started.waitFor()).as(words[0]).isZero();
  }

  @BeforeEach
  void export() throws Exception {
    AuditLedger ledger =
        Ledgers.open(data, new Ledgers.Identity(keys.resolve("node.p12"), PASSWORD.toCharArray()));
    for (String what : List.of("a", "b", "氏名")) {
      ledger.record(new Act(Act.Kind.COMMAND, "tanaka", "", "", what, "done", 0, List.of()));
    }
    file = data.resolve("export.jsonl");
    ledger.export(file);
    ledger.close();
  }

  @Test
  void whatANodeWroteIsGenuine() {
    StringWriter out = new StringWriter();

    int status = run(out, file.toString(), keys.resolve("ca.crt").toString());

    assertThat(status).isZero();
    assertThat(out.toString()).contains("node-a", "CN=node-a");
  }

  @Test
  void anotherAuthorityKnowsNothingOfIt() {
    assertThat(refusal(file, "other.crt")).isEqualTo(AuditMessage.NOT_SIGNED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aMissingLineIsFound(int line) throws IOException {
    assertThat(refusal(changed(lines -> without(lines, line)), "ca.crt"))
        .isEqualTo(AuditMessage.EXPORT_WRONG);
  }

  @Test
  void missingEntriesAtTheEndAreFound() throws IOException {
    Path cut = changed(lines -> without(lines, lines.size() - 2));

    assertThat(refusal(cut, "ca.crt")).isEqualTo(AuditMessage.EXPORT_WRONG);
  }

  @Test
  void exchangedLinesAreFound() throws IOException {
    Path exchanged =
        changed(
            lines -> {
              List<String> other = new ArrayList<>(lines);
              other.set(1, lines.get(2));
              other.set(2, lines.get(1));
              return other;
            });

    assertThat(refusal(exchanged, "ca.crt")).isEqualTo(AuditMessage.EXPORT_WRONG);
  }

  @Test
  void anotherUserInAnEntryIsFound() throws IOException {
    Path forged = changed(lines -> lines.stream().map(l -> l.replace("tanaka", "suzuki")).toList());

    assertThat(refusal(forged, "ca.crt")).isEqualTo(AuditMessage.EXPORT_WRONG);
  }

  @Test
  void anotherNodesNameIsFound() throws IOException {
    Path forged = changed(lines -> lines.stream().map(l -> l.replace("node-a", "node-b")).toList());

    assertThat(refusal(forged, "ca.crt")).isEqualTo(AuditMessage.NOT_SIGNED);
  }

  @Test
  void aFileWithoutItsSignatureIsIncomplete() throws IOException {
    Path cut = changed(lines -> without(lines, lines.size() - 1));

    assertThat(refusal(cut, "ca.crt")).isEqualTo(AuditMessage.EXPORT_WRONG);
  }

  @Test
  void aWrongCallSaysHowToCall() {
    StringWriter err = new StringWriter();

    assertThat(run(err, "one")).isEqualTo(2);
    assertThat(err.toString()).contains("KBN-AUDIT-007");
  }

  @Test
  void aSecondExportDoesNotOverwriteTheFirst() throws Exception {
    AuditLedger ledger = Ledgers.open(data, null);

    assertThatThrownBy(() -> ledger.export(file))
        .isInstanceOfSatisfying(
            KibanException.class, e -> assertThat(e.code()).isEqualTo(AuditMessage.EXPORT_EXISTS));
    ledger.close();
  }

  private Path changed(UnaryOperator<List<String>> change) throws IOException {
    return Files.write(data.resolve("changed.jsonl"), change.apply(Files.readAllLines(file)));
  }

  private static List<String> without(List<String> lines, int index) {
    return Stream.concat(lines.subList(0, index).stream(), lines.stream().skip(index + 1L))
        .toList();
  }

  private static Object refusal(Path file, String authority) {
    try {
      return Verifier.of(file, keys.resolve(authority));
    } catch (KibanException e) {
      return e.code();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static int run(StringWriter to, String... words) {
    PrintWriter writer = new PrintWriter(to);
    return new AuditTool().run(writer, writer, words);
  }
}

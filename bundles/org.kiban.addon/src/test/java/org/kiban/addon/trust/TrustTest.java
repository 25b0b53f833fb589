package org.kiban.addon.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.addon.pack.Forge;
import org.kiban.addon.pack.RevocationList;
import org.kiban.addon.pack.Seal;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.NodePaths;
import org.kiban.storage.DurableFilesComponent;

/** What comes on a medium goes into the trust store, and out of it again. */
class TrustTest {

  @TempDir private Path folder;
  private final KeyPair keys = Forge.newKeys();
  private final String id = Seal.keyId(keys.getPublic());
  private Trust trust;

  @BeforeEach
  void givenAnEmptyTrustStore() throws IOException {
    Path etc = Files.createDirectory(folder.resolve("etc"));
    trust = new Trust(new Paths(folder, etc), new DurableFilesComponent());
  }

  private record Paths(Path home, Path etc) implements NodePaths {
    @Override
    public String nodeName() {
      return "node";
    }

    @Override
    public Path data() {
      return home.resolve("var");
    }

    @Override
    public Path nodeDirectory(String capability) {
      return data().resolve("node").resolve(capability);
    }

    @Override
    public Path municipalityDirectory(MunicipalityCode code, String capability) {
      return data().resolve(code.value()).resolve(capability);
    }
  }

  private Path medium(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private byte[] list(int number) {
    return RevocationList.sign(
        List.of("number " + number, "key " + id), keys.getPrivate(), keys.getPublic());
  }

  @Test
  void aVendorComesAndGoesWithItsRevocations() throws IOException {
    trust.add(medium("vendor.yaml", Forge.trust(keys, "").getBytes()));
    trust.add(medium("vendor.revoked", list(3)));

    assertThat(trust.read().keys()).hasSize(1);
    assertThat(Trust.number(trust.read(), trust.read().keys().get(0))).isEqualTo(3);

    assertThat(trust.remove(id.substring(0, 6))).hasSize(2);
    assertThat(folder.resolve("etc/trust")).isEmptyDirectory();
    assertThat(trust.read().problems()).isEmpty();
  }

  @Test
  void anOldOrForeignListNeverGetsIn() throws IOException {
    trust.add(medium("vendor.yaml", Forge.trust(keys, "").getBytes()));
    trust.add(medium("vendor.revoked", list(3)));
    KeyPair others = Forge.newKeys();
    Path foreign =
        medium(
            "foreign.revoked",
            RevocationList.sign(List.of("number 9"), others.getPrivate(), others.getPublic()));

    assertThatThrownBy(() -> trust.add(medium("old.revoked", list(2))))
        .hasMessageStartingWith("KBN-ADDON-041");
    assertThatThrownBy(() -> trust.add(foreign)).hasMessageStartingWith("KBN-ADDON-040");
    assertThatThrownBy(() -> trust.add(medium("x.yaml", "no: key".getBytes())))
        .hasMessageStartingWith("KBN-ADDON-039");
    assertThat(Trust.number(trust.read(), trust.read().keys().get(0))).isEqualTo(3);
  }

  @Test
  void anUnknownKeyAndAMissingFileAreNamed() {
    assertThatThrownBy(() -> trust.remove("abc")).hasMessageStartingWith("KBN-ADDON-042");
    assertThatThrownBy(() -> trust.add(folder.resolve("none.yaml")))
        .hasMessageStartingWith("KBN-ADDON-001")
        .hasMessageContaining("none.yaml");
  }

  @Test
  void whatIsNoTrustFileBySizeIsNotTakenIn() {
    assertThatThrownBy(() -> trust.add(medium("vendor.yaml", new byte[2 << 20])))
        .hasMessageStartingWith("KBN-ADDON-003");
  }

  @Test
  void aTrustStoreThatCannotBeWrittenIsNamedAndNotTheMedium() throws IOException {
    Path medium = medium("vendor.yaml", Forge.trust(keys, "").getBytes());
    Files.writeString(folder.resolve("etc/trust"), "a file where the folder belongs");

    assertThatThrownBy(() -> trust.add(medium))
        .hasMessageStartingWith("KBN-ADDON-043")
        .hasMessageContaining("etc/trust");
  }
}

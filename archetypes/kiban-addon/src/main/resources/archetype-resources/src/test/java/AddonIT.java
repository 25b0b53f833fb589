package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.kiban.addon.tool.Packer;
import org.kiban.addon.tool.TestNode;
import org.kiban.addon.tool.VendorKey;

/** On a real node: it installs, a broken version is rolled back, and it goes without a trace. */
class AddonIT {

  private static final String ID = "${artifactId}";

  private final Path kar = Path.of(System.getProperty("kiban.package"));
  private final Path key = Path.of(System.getProperty("kiban.key"));

  @Test
  void installsBreaksAndIsRolledBack() throws Exception {
    Path trust = Path.of(key.toString().replaceFirst("\\.pem$", ".yaml"));
    Path home = Path.of(System.getProperty("kiban.home"));
    try (TestNode node = TestNode.start(home, kar.resolveSibling("node"), trust)) {
      String clean = digest(node);
      node.exec("addon:install " + kar).expect(0);
      assertTrue(node.exec("addon:list").expect(0).text().contains(ID));
      String installed = digest(node);

      TestNode.Answer update = node.exec("addon:update " + brokenVersion());

      assertTrue(update.status() != 0, update.text());
      assertEquals(installed, digest(node), "exactly what it was");
      node.exec("addon:remove " + ID).expect(0);
      assertEquals(clean, digest(node), "no trace");
    }
  }

  private static String digest(TestNode node) throws IOException {
    return node.exec("node:digest").expect(0).text();
  }

  /** The same add-on in a later version that fails when it is started. */
  private Path brokenVersion() throws IOException {
    String yaml = Files.readString(Path.of("addon.yaml"));
    byte[] next =
        yaml.replaceFirst("(?m)^version: .*", "version: 999.0.0").getBytes(StandardCharsets.UTF_8);
    Path jar = kar.resolveSibling("broken.jar");
    try (JarInputStream in =
        new JarInputStream(Files.newInputStream(Path.of(System.getProperty("kiban.bundle"))))) {
      Manifest manifest = in.getManifest();
      manifest.getMainAttributes().putValue("Bundle-Activator", Broken.class.getName());
      String imports = manifest.getMainAttributes().getValue("Import-Package");
      manifest
          .getMainAttributes()
          .putValue("Import-Package", "org.osgi.framework" + (imports == null ? "" : "," + imports));
      try (OutputStream file = Files.newOutputStream(jar);
          JarOutputStream out = new JarOutputStream(file, manifest)) {
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
          out.putNextEntry(new JarEntry(entry.getName()));
          in.transferTo(out);
        }
        String name = Broken.class.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream code = Broken.class.getClassLoader().getResourceAsStream(name)) {
          code.transferTo(out);
        }
      }
    }
    byte[] broken =
        new Packer(next, Files.readAllBytes(Path.of("LICENSE")))
            .bundle(jar)
            .pack(VendorKey.read(key));
    return Files.write(kar.resolveSibling("broken.kar"), broken);
  }
}

package org.kiban.update.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A private root for the real apt, with a signed repository of one package in a folder. */
public record AptRoot(Path folder) {

  public static boolean isPossible() {
    return Files.isExecutable(Path.of("/usr/bin/dpkg-deb"))
        && Files.isExecutable(Path.of("/usr/bin/apt-get"))
        && Files.isExecutable(Path.of("/usr/bin/gpg"));
  }

  public static AptRoot create(Path folder) throws IOException {
    AptRoot root = new AptRoot(folder);
    for (String dir :
        List.of(
            "lists/partial",
            "cache/archives/partial",
            "gnupg",
            "etc",
            "root/var/lib/dpkg/info",
            "root/var/lib/dpkg/updates",
            "repository/pool")) {
      Files.createDirectories(folder.resolve(dir));
    }
    Files.createDirectories(root.suite());
    Files.setPosixFilePermissions(
        folder.resolve("gnupg"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    Files.writeString(root.status(), installed("probe") + installed("other"));
    Files.createFile(root.status().resolveSibling("available"));
    for (String name : List.of("probe", "other")) {
      Files.writeString(root.status().resolveSibling("info").resolve(name + ".list"), "/.\n");
    }
    Files.writeString(
        folder.resolve("etc/sources.list"),
        "deb [signed-by=%s] copy:%s stable main\n"
            .formatted(folder.resolve("key.gpg"), folder.resolve("repository")));
    Files.writeString(
        folder.resolve("apt.conf"),
        """
        Dir::State "%1$s";
        Dir::State::lists "%1$s/lists";
        Dir::State::status "%1$s/root/var/lib/dpkg/status";
        Dir::Etc::trusted "%1$s/etc/none.gpg";
        Dir::Etc::trustedparts "%1$s/etc/none";
        DPkg::Options { "--root=%1$s/root"; "--force-not-root"; "--log=%1$s/dpkg.log"; };
        DPkg::Path "/usr/sbin:/usr/bin:/sbin:/bin";
        Dir::Cache "%1$s/cache";
        Dir::Etc::sourcelist "%1$s/etc/sources.list";
        Dir::Etc::sourceparts "%1$s/etc/none";
        Dir::Etc::parts "%1$s/etc/none";
        Dir::Etc::preferencesparts "%1$s/etc/none";
        Dir::Log "%1$s";
        APT::Sandbox::User "root";
        APT::Architecture "amd64";
        """
            .formatted(folder));
    root.gpg("--quick-gen-key", "--passphrase", "", "Example <apt@example.jp>", "ed25519");
    root.gpg("--export", "--output", folder.resolve("key.gpg").toString());
    return root;
  }

  public Map<String, String> environment() {
    return Map.of(
        "APT_CONFIG", folder.resolve("apt.conf").toString(),
        "DPKG_ADMINDIR", status().getParent().toString());
  }

  public Path lists() {
    return folder.resolve("lists");
  }

  private Path suite() {
    return folder.resolve("repository/dists/stable");
  }

  private Path status() {
    return folder.resolve("root/var/lib/dpkg/status");
  }

  private static String installed(String name) {
    return """
    Package: %s
    Status: install ok installed
    Version: 1.0-1
    Architecture: all
    Maintainer: Example <probe@example.jp>
    Description: probe

    """
        .formatted(name);
  }

  /** Makes a package. */
  public AptRoot make(String name, String version, String depends) throws IOException {
    Path tree = folder.resolve("tree-" + name + "-" + version);
    Path control = Files.createDirectories(tree.resolve("DEBIAN")).resolve("control");
    Files.writeString(
        control,
        "Package: %s\nVersion: %s\nArchitecture: all\n%sMaintainer: Example <probe@example.jp>\nDescription: probe\n"
            .formatted(name, version, depends.isEmpty() ? "" : "Depends: " + depends + "\n"));
    Path content = tree.resolve("usr/share").resolve(name);
    Files.createDirectories(content.getParent());
    Files.writeString(content, version);
    Path file = folder.resolve("repository/pool/%s_%s.deb".formatted(name, version));
    if (run(List.of("/usr/bin/dpkg-deb", "--build", tree.toString(), file.toString())) != 0) {
      throw new IOException(Files.readString(folder.resolve("out")));
    }
    return this;
  }

  /** The content that a package brought; empty if none did. */
  public String content(String name) throws IOException {
    Path file = folder.resolve("root/usr/share").resolve(name);
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** Signs metadata that offers the newest of what was made, of an address that looks like it. */
  public void publish(String version, ZonedDateTime at) throws IOException {
    make("probe", version, "");
    publish(List.of("probe " + version), at, Optional.empty());
  }

  /**
   * Signs metadata.
   *
   * @param offers each as name and version; they must have been made
   * @param until when the metadata ends to count
   */
  public void publish(List<String> offers, ZonedDateTime at, Optional<ZonedDateTime> until)
      throws IOException {
    StringBuilder list = new StringBuilder();
    for (String offer : offers) {
      list.append(entry(offer.split(" ")[0], offer.split(" ")[1]));
    }
    Path packages = suite().resolve("main/binary-amd64/Packages");
    Files.createDirectories(packages.getParent());
    Files.writeString(packages, list);
    byte[] content = Files.readAllBytes(packages);
    Path release = suite().resolve("Release");
    Files.writeString(
        release,
        """
        Origin: Example
        Label: Example-Security
        Suite: stable-security
        Codename: stable
        Version: 1
        Date: %s
        %sArchitectures: amd64 all
        Components: main
        SHA256:
         %s %d main/binary-amd64/Packages
        """
            .formatted(
                form(at),
                until.map(u -> "Valid-Until: " + form(u) + "\n").orElse(""),
                sha256(content),
                content.length));
    sign();
  }

  private String entry(String name, String version) throws IOException {
    Path file = folder.resolve("repository/pool/%s_%s.deb".formatted(name, version));
    byte[] content = Files.readAllBytes(file);
    String control =
        Files.readString(folder.resolve("tree-" + name + "-" + version + "/DEBIAN/control"));
    return control
        + "Filename: pool/%s\nSize: %d\nSHA256: %s\n\n"
            .formatted(file.getFileName(), content.length, sha256(content));
  }

  private static String form(ZonedDateTime at) {
    return DateTimeFormatter.RFC_1123_DATE_TIME
        .format(at.withZoneSameInstant(ZoneOffset.UTC))
        .replace("GMT", "UTC");
  }

  /** The signed metadata. */
  public Path inRelease() {
    return suite().resolve("InRelease");
  }

  private void sign() throws IOException {
    Files.deleteIfExists(inRelease());
    gpg(
        "--clearsign",
        "--digest-algo",
        "SHA256",
        "--local-user",
        "apt@example.jp",
        "--output",
        inRelease().toString(),
        suite().resolve("Release").toString());
    Files.delete(suite().resolve("Release"));
  }

  /** Signs with a key that apt was not told to trust. */
  public void signByAnother() throws IOException {
    String signed = Files.readString(inRelease());
    int begin = signed.indexOf("Origin:");
    Files.writeString(
        suite().resolve("Release"),
        signed.substring(begin, signed.indexOf("-----BEGIN PGP SIGNATURE")));
    gpg("--quick-gen-key", "--passphrase", "", "Other <other@example.jp>", "ed25519");
    Files.delete(inRelease());
    gpg(
        "--clearsign",
        "--local-user",
        "other@example.jp",
        "--output",
        inRelease().toString(),
        suite().resolve("Release").toString());
    Files.delete(suite().resolve("Release"));
  }

  /** Asks apt to read the repository; the exit status is apt's. */
  public int update() throws IOException {
    return run(List.of("/usr/bin/apt-get", "-q", "update"));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void gpg(String... arguments) throws IOException {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                "/usr/bin/gpg",
                "--homedir",
                folder.resolve("gnupg").toString(),
                "--batch",
                "--yes"));
    command.addAll(List.of(arguments));
    if (run(command) != 0) {
      throw new IOException("gpg failed: " + Files.readString(folder.resolve("out")));
    }
  }

  private int run(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.environment().putAll(environment());
    Process process = builder.start();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException(command + " hangs");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}

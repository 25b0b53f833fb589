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
import java.util.concurrent.TimeUnit;

/** A private root for the real apt, with a signed repository of one package in a folder. */
record AptRoot(Path folder) {

  static boolean isPossible() {
    return Files.isExecutable(Path.of("/usr/bin/apt-get"))
        && Files.isExecutable(Path.of("/usr/bin/gpg"));
  }

  static AptRoot create(Path folder) throws IOException {
    AptRoot root = new AptRoot(folder);
    for (String dir : List.of("lists/partial", "cache/archives/partial", "gnupg", "etc")) {
      Files.createDirectories(folder.resolve(dir));
    }
    Files.createDirectories(root.suite());
    Files.setPosixFilePermissions(
        folder.resolve("gnupg"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        folder.resolve("status"),
        """
        Package: probe
        Status: install ok installed
        Version: 1.0-1
        Architecture: all
        Maintainer: Example <probe@example.jp>
        Description: probe

        """);
    Files.writeString(
        folder.resolve("etc/sources.list"),
        "deb [signed-by=%s] copy:%s stable main\n"
            .formatted(folder.resolve("key.gpg"), folder.resolve("repository")));
    Files.writeString(
        folder.resolve("apt.conf"),
        """
        Dir::State "%1$s";
        Dir::State::lists "%1$s/lists";
        Dir::State::status "%1$s/status";
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

  Map<String, String> environment() {
    return Map.of("APT_CONFIG", folder.resolve("apt.conf").toString());
  }

  Path lists() {
    return folder.resolve("lists");
  }

  private Path suite() {
    return folder.resolve("repository/dists/stable");
  }

  /** Signs metadata that offers a version. */
  void publish(String version, ZonedDateTime at) throws IOException {
    Path packages = suite().resolve("main/binary-amd64/Packages");
    Files.createDirectories(packages.getParent());
    Files.writeString(
        packages,
        """
        Package: probe
        Version: %s
        Architecture: all
        Maintainer: Example <probe@example.jp>
        Filename: pool/probe.deb
        Size: 1
        SHA256: %s
        Description: probe

        """
            .formatted(version, "0".repeat(64)));
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
        Architectures: amd64
        Components: main
        SHA256:
         %s %d main/binary-amd64/Packages
        """
            .formatted(
                DateTimeFormatter.RFC_1123_DATE_TIME
                    .format(at.withZoneSameInstant(ZoneOffset.UTC))
                    .replace("GMT", "UTC"),
                sha256(content),
                content.length));
    Path signed = suite().resolve("InRelease");
    Files.deleteIfExists(signed);
    gpg(
        "--clearsign",
        "--digest-algo",
        "SHA256",
        "--output",
        signed.toString(),
        release.toString());
    Files.delete(release);
  }

  /** Asks apt to read the repository; the exit status is apt's. */
  int update() throws IOException {
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

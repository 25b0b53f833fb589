package org.kiban.platform.remote;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SSH server on a free port of the loopback interface. */
public final class SftpServer implements AutoCloseable {

  public static final String USER = "kurashiki";
  public static final String PASSWORD = "p&ss w%rd 合言葉";

  private final SshServer server = SshServer.setUpDefaultServer();
  private final String fingerprint;

  private SftpServer(SubsystemFactory sftp, Path home, int port) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair key = generator.generateKeyPair();
    fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key.getPublic());
    server.setHost("127.0.0.1");
    server.setPort(port);
    server.setKeyPairProvider(KeyPairProvider.wrap(key));
    server.setPasswordAuthenticator((u, p, s) -> u.equals(USER) && p.equals(PASSWORD));
    server.setSubsystemFactories(List.of(sftp));
    server.setFileSystemFactory(new VirtualFileSystemFactory(home));
    server.start();
  }

  /** In Java, with a directory as its root. */
  public static SftpServer inJava(Path home) throws Exception {
    return new SftpServer(new SftpSubsystemFactory(), home, 0);
  }

  /** OpenSSH's own program behind the protocol, which sees the whole machine. */
  public static SftpServer openSsh(Path program) throws Exception {
    return new SftpServer(new Program(program), Path.of("/"), 0);
  }

  private record Program(Path path) implements SubsystemFactory {
    @Override
    public String getName() {
      return "sftp";
    }

    @Override
    public Command createSubsystem(ChannelSession channel) throws IOException {
      return new ProcessShellFactory(path.toString(), path.toString()).createShell(channel);
    }
  }

  /** As an operator writes it. */
  public String url(String path) {
    return "sftp://" + USER + "@127.0.0.1:" + server.getPort() + '/' + path;
  }

  /** Of its key. */
  public String fingerprint() {
    return fingerprint;
  }

  /** For clients. */
  public SftpAddress address(String path) {
    return new SftpAddress(USER, "127.0.0.1", server.getPort(), path, List.of(fingerprint));
  }

  /** What is behind it. */
  public SshServer server() {
    return server;
  }

  /** Cuts every connection, as a line does that goes down. */
  public void cut() {
    server.getActiveSessions().forEach(s -> s.close(true));
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }
}

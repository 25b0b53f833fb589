package org.kiban.platform.remote;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * One SSH session with as many SFTP channels as there are callers at a time, made anew when it is
 * lost. Talks to a server with a pinned key only. Reads nothing of the user's own SSH settings.
 */
public final class SftpConnection implements Closeable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final SftpAddress address;
  private final Proxy proxy;
  private final SshClient ssh;
  private final Queue<SftpClient> idle = new ConcurrentLinkedQueue<>();
  private ClientSession session;
  private volatile String shownKey = "";

  /** What is done with a channel. */
  @FunctionalInterface
  public interface Use<T> {
    /** Does it. */
    T run(SftpClient channel) throws IOException;
  }

  /**
   * Connects when it is first used.
   *
   * @param secret a password, or a private key in PEM
   */
  public SftpConnection(SftpAddress address, String secret) throws RefusedException {
    this(address, secret, Proxy.NO_PROXY);
  }

  /** The same through an HTTP (CONNECT) or SOCKS proxy. */
  public SftpConnection(SftpAddress address, String secret, Proxy proxy) throws RefusedException {
    this.address = address;
    this.proxy = proxy;
    this.ssh = SshClient.setUpDefaultClient();
    ssh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    ssh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
    ssh.setServerKeyVerifier(this::isPinned);
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(ssh, TIMEOUT);
    if (secret.startsWith("-----BEGIN")) {
      ssh.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
      keys(secret).forEach(ssh::addPublicKeyIdentity);
    } else {
      ssh.setUserAuthFactories(List.of(UserAuthPasswordFactory.INSTANCE));
      ssh.addPasswordIdentity(secret);
    }
    ssh.start();
  }

  private static Iterable<KeyPair> keys(String pem) throws RefusedException {
    try {
      Iterable<KeyPair> keys =
          SecurityUtils.loadKeyPairIdentities(
              null,
              NamedResource.ofName("secret"),
              new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)),
              FilePasswordProvider.EMPTY);
      if (keys != null) {
        return keys;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw refused("the private key in the secret cannot be read: " + e.getMessage(), e);
    }
    throw refused("the secret holds no private key", null);
  }

  private static RefusedException refused(String reason, Exception cause) {
    return new RefusedException(RefusedException.Kind.ACCESS, reason, cause);
  }

  private boolean isPinned(ClientSession to, SocketAddress where, PublicKey key) {
    shownKey = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
    return address.hostKeys().contains(shownKey);
  }

  private synchronized ClientSession session() throws IOException {
    if (session == null || !session.isOpen()) {
      idle.clear();
      try {
        session = ssh.connect(address.user(), way()).verify(TIMEOUT).getSession();
        session.auth().verify(TIMEOUT);
      } catch (SshException e) {
        throw failed(e);
      } catch (IOException e) {
        throw new TransientException("no connection: " + e.getMessage(), e);
      }
    }
    return session;
  }

  private SocketAddress way() throws IOException {
    return proxy == Proxy.NO_PROXY
        ? new InetSocketAddress(address.host(), address.port())
        : ProxyRelay.to(proxy, address.host(), address.port());
  }

  private IOException failed(SshException e) {
    if (session != null) {
      session.close(true);
    }
    return switch (e.getDisconnectCode()) {
      case SshConstants.SSH2_DISCONNECT_HOST_KEY_NOT_VERIFIABLE ->
          new RefusedException(RefusedException.Kind.HOST_KEY, shownKey, e);
      case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE ->
          refused("the server takes neither this user nor this secret", e);
      default -> new TransientException("no connection: " + e.getMessage(), e);
    };
  }

  /**
   * Does something with a channel.
   *
   * @param path what is told of if the server refuses
   */
  public <T> T with(String path, Use<T> use) throws IOException {
    SftpClient channel = idle.poll();
    if (channel == null || !channel.isOpen()) {
      channel = open();
    }
    boolean whole = true;
    try {
      return use.run(channel);
    } catch (SftpException e) {
      throw named(e, path);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      whole = false;
      throw new TransientException("the connection broke: " + e.getMessage(), e);
    } finally {
      if (whole) {
        idle.add(channel);
      } else {
        channel.close();
      }
    }
  }

  private SftpClient open() throws IOException {
    ClientSession now = session();
    try {
      return SftpClientFactory.instance().createSftpClient(now);
    } catch (IOException e) {
      now.close(true);
      throw new TransientException("no SFTP: " + e.getMessage(), e);
    }
  }

  /** The server's status as what it means. */
  private IOException named(SftpException e, String path) {
    return switch (e.getStatus()) {
      case SftpConstants.SSH_FX_NO_SUCH_FILE, SftpConstants.SSH_FX_NO_SUCH_PATH ->
          new NoSuchFileException(path);
      case SftpConstants.SSH_FX_FILE_ALREADY_EXISTS -> new FileAlreadyExistsException(path);
      case SftpConstants.SSH_FX_PERMISSION_DENIED, SftpConstants.SSH_FX_WRITE_PROTECT ->
          new AccessDeniedException(path);
      case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED ->
          new RefusedException(RefusedException.Kind.ROOM, path, e);
      case SftpConstants.SSH_FX_NO_CONNECTION, SftpConstants.SSH_FX_CONNECTION_LOST ->
          new TransientException(path + ": " + e.getMessage(), e);
      default -> new IOException(path + ": the server says: " + e.getMessage(), e);
    };
  }

  @Override
  public void close() {
    ssh.stop();
  }
}

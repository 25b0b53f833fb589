package org.kiban.update.os;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.update.UpdateCode;

/**
 * The only way to change packages of the operating system: a program of root that knows three
 * requests, behind a socket. The node's own user gains no rights, and what the program has begun
 * goes on when the node goes away. Safe for any thread; it does one request after the other.
 *
 * @param program the installed helper
 * @param socket where it answers
 * @param owner the user id that both must belong to: 0, or a test's
 * @param longest a request may take
 */
public record AptHelper(Path program, Path socket, int owner, Duration longest) {

  private static final int MOST_BYTES = 1 << 20;
  private static final int OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;
  private static final int REFUSED = 2;

  /** That of this machine. */
  public static AptHelper ofThisMachine(Path program, Path socket) {
    return new AptHelper(program, socket, 0, Duration.ofMinutes(30));
  }

  /**
   * Asks every source anew.
   *
   * @return what the sources say now, each with the lines of its signed metadata
   * @throws KibanException if one cannot be had, or nobody whom apt trusts signed it
   */
  public List<String> refresh() {
    return ask("refresh");
  }

  /**
   * Brings an installed package up to a version, after apt said in a simulation that it would.
   *
   * @throws KibanException if apt does not; some of what belongs together may be new then
   */
  public void install(String name, String version) {
    ask("simulate " + name + "=" + version);
    ask("install " + name + "=" + version);
  }

  private List<String> ask(String request) {
    requireSafe();
    List<String> lines;
    ScheduledExecutorService watch =
        Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "kiban-update-apt"));
    try (SocketChannel channel = connect()) {
      watch.schedule(() -> close(channel), longest.toSeconds(), TimeUnit.SECONDS);
      lines = talk(channel, request);
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, UpdateCode.OS_NO_ANSWER, request, e.getMessage());
    } finally {
      watch.shutdownNow();
    }
    String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    if (!last.matches("exit \\d{1,3}")) {
      throw new KibanException(Outcome.FAILED, UpdateCode.OS_NO_ANSWER, request, last);
    }
    int status = Integer.parseInt(last.substring(5));
    if (status != 0) {
      throw new KibanException(
          status == REFUSED ? Outcome.REFUSED : Outcome.FAILED,
          UpdateCode.OS_APT_FAILED,
          request,
          why(lines));
    }
    return lines;
  }

  private static List<String> talk(SocketChannel channel, String request) throws IOException {
    OutputStream out = Channels.newOutputStream(channel);
    out.write((request + "\n").getBytes(StandardCharsets.US_ASCII));
    channel.shutdownOutput();
    InputStream in = Channels.newInputStream(channel);
    return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).lines().toList();
  }

  private SocketChannel connect() {
    try {
      return SocketChannel.open(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new KibanException(
          e, Outcome.FAILED, UpdateCode.OS_HELPER_AWAY, socket, e.getMessage());
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing a socket", e);
    }
  }

  /** What apt complains of; else the end of what it said. */
  private static String why(List<String> lines) {
    List<String> complaints = lines.stream().filter(l -> l.matches("[EW]: .*")).toList();
    return complaints.isEmpty()
        ? String.join("; ", lines.subList(Math.max(0, lines.size() - 4), lines.size()))
        : String.join("; ", complaints.subList(0, Math.min(4, complaints.size())));
  }

  /**
   * Refuses a helper that somebody else than root could exchange: it would be root's rights for
   * whoever does.
   *
   * @throws KibanException naming the file that is wrong
   */
  public void requireSafe() {
    requireOwn(program, "rwx");
    requireOwn(socket.getParent(), "directory");
    for (Path p = program.getParent(); p != null; p = p.getParent()) {
      requireOwn(p, "directory");
    }
  }

  private void requireOwn(Path file, String what) {
    try {
      int uid = (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      boolean folder = Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
      boolean sealed = (mode & OTHERS_WRITE) == 0 || folder && (mode & STICKY) != 0;
      boolean kind = folder || Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
      if (uid != owner && uid != 0 || !sealed || !kind || folder != what.equals("directory")) {
        throw unsafe(file, "owner %d, mode %o".formatted(uid, mode & 07777));
      }
    } catch (IOException e) {
      throw unsafe(file, e.toString());
    }
  }

  private static KibanException unsafe(Path file, String why) {
    return new KibanException(Outcome.REFUSED, UpdateCode.OS_HELPER_UNSAFE, file, why);
  }
}

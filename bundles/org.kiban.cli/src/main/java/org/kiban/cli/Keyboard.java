package org.kiban.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.kiban.control.api.Frame;

/** Sends what is typed and how large the window is, with the terminal in raw mode meanwhile. */
final class Keyboard implements AutoCloseable {

  private static final int BUFFER_SIZE = 1024;

  private final SocketChannel channel;
  private final Tty tty;
  private final String before;
  private final Thread rescue;
  private final ScheduledExecutorService executor =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "kiban-cli");
            thread.setDaemon(true);
            return thread;
          });
  private Tty.Size size = new Tty.Size(0, 0);

  Keyboard(SocketChannel channel, Tty tty) {
    this.channel = channel;
    this.tty = tty;
    this.before = tty.raw();
    this.rescue = new Thread(() -> tty.restore(before));
    Runtime.getRuntime().addShutdownHook(rescue);
  }

  void start() {
    executor.execute(this::read);
    executor.scheduleWithFixedDelay(this::measure, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    executor.shutdownNow();
    tty.restore(before);
    Runtime.getRuntime().removeShutdownHook(rescue);
  }

  private void read() {
    byte[] typed = new byte[BUFFER_SIZE];
    InputStream in = System.in;
    try {
      for (int count = in.read(typed); count >= 0; count = in.read(typed)) {
        send(new Frame(Frame.Type.INPUT, Arrays.copyOf(typed, count)));
      }
      send(new Frame(Frame.Type.INPUT, new byte[0]));
    } catch (IOException expected) {
      // The node ended the session: the main thread tells its exit status.
    }
  }

  private void measure() {
    Tty.Size now = tty.size();
    if (!now.equals(size)) {
      size = now;
      try {
        send(Frame.size(size.columns(), size.lines()));
      } catch (IOException expected) {
        executor.shutdown();
      }
    }
  }

  private synchronized void send(Frame frame) throws IOException {
    frame.writeTo(channel);
  }
}

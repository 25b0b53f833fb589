package org.kiban.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.kiban.control.api.Frame;
import org.kiban.control.api.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client. Its thread reads what the client sends, so that it notices when the client goes away;
 * the command runs in another, which is interrupted then.
 */
final class Connection implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final SocketChannel channel;
  private final Commands commands;
  private final ExecutorService executor;

  Connection(SocketChannel channel, Commands commands, ExecutorService executor) {
    this.channel = channel;
    this.commands = commands;
    this.executor = executor;
  }

  @Override
  public void run() {
    try (channel) {
      Frame first = Frame.readFrom(channel);
      if (first != null) {
        answer(first);
      }
    } catch (IOException e) {
      LOG.debug("a client broke off", e);
    }
  }

  private void answer(Frame first) throws IOException {
    Request request;
    try {
      request = Request.of(first);
    } catch (Request.OtherVersion e) {
      refuse(e.version());
      return;
    }
    Outgoing out = new Outgoing(channel);
    Client client = new Client(request, new Incoming(), out);
    executor.execute(out);
    Future<?> command = executor.submit(() -> commands.run(client));
    try {
      for (Frame f = Frame.readFrom(channel); f != null; f = Frame.readFrom(channel)) {
        client.accept(f);
      }
    } finally {
      client.in().end();
      command.cancel(true);
    }
  }

  /** In both languages, since the request of another version cannot tell the client's. */
  private void refuse(int version) throws IOException {
    String text =
        ControlMessage.OTHER_VERSION.code()
            + ": "
            + ControlMessage.OTHER_VERSION.text(Locale.JAPANESE, version, Request.VERSION)
            + " / "
            + ControlMessage.OTHER_VERSION.text(Locale.ENGLISH, version, Request.VERSION)
            + "\n";
    new Frame(Frame.Type.ERROR, text.getBytes(StandardCharsets.UTF_8)).writeTo(channel);
    Frame.exit(1).writeTo(channel);
  }

  /** Breaks the connection off, which interrupts its command. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing a connection", e);
    }
  }
}

package org.kiban.time.sntp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.kiban.time.vote.Moment;
import org.kiban.time.vote.SampleFilter.Sample;

/**
 * Asks a server for the time once (SNTP, RFC 5905 section 14). The answer's arrival is read from
 * the clock that never jumps, so that a jump between cannot look like an offset. A port of its own
 * for each question, chosen by the system. Safe for any thread.
 */
public final class Sntp {

  private final InstantSource system;
  private final LongSupplier steady;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param system the system's clock
   * @param steady a clock that never jumps, in nanoseconds
   */
  public Sntp(InstantSource system, LongSupplier steady) {
    this.system = system;
    this.steady = steady;
  }

  /**
   * Asks.
   *
   * @param server where; not looked up in DNS when it is an address
   * @param patience how long to wait
   * @throws Unusable if the answer says nothing of the time
   * @throws IOException if there is none
   */
  public Sample ask(InetSocketAddress server, Duration patience) throws IOException {
    if (server.isUnresolved()) {
      throw new IOException("no such host: " + server.getHostString());
    }
    try (DatagramChannel channel = DatagramChannel.open();
        Selector selector = Selector.open()) {
      channel.connect(server).configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ);
      long cookie = random.nextLong();
      Moment moment = Moment.read(system, steady);
      long asked = moment.steady() + moment.apart();
      channel.write(Packet.question(cookie));
      ByteBuffer packet = ByteBuffer.allocate(1024);
      if (selector.select(patience.toMillis()) == 0 || channel.read(packet) <= 0) {
        throw new IOException("no answer within " + patience.toMillis() + " ms");
      }
      long arrived = steady.getAsLong() + moment.apart();
      return Packet.answer(packet.flip(), cookie, asked, arrived, moment);
    }
  }
}

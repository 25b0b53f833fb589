package org.kiban.control;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.kiban.control.api.Frame;

/**
 * What goes to a client. One thread of its own writes to the channel, because a channel closes
 * itself when a thread that writes is interrupted, and commands are interrupted while they print. A
 * client that does not read makes its command wait.
 */
final class Outgoing implements Runnable {

  private static final int QUEUE_LENGTH = 64;
  private static final int BUFFER_SIZE = 8192;

  private final SocketChannel channel;
  private final BlockingQueue<Frame> queue = new ArrayBlockingQueue<>(QUEUE_LENGTH);
  private volatile boolean gone;

  Outgoing(SocketChannel channel) {
    this.channel = channel;
  }

  /** Writes until the exit status is written or the client is gone; then closes the channel. */
  @Override
  public void run() {
    try (channel) {
      Frame frame;
      do {
        frame = queue.take();
        frame.writeTo(channel);
      } while (frame.type() != Frame.Type.EXIT);
    } catch (IOException | InterruptedException expected) {
      // The client went away or the node stops: whoever sends learns it from the flag.
    } finally {
      gone = true;
    }
  }

  /**
   * Hands a frame over to be written.
   *
   * @throws IOException if the client is gone, or the thread is interrupted while it waits
   */
  void send(Frame frame) throws IOException {
    try {
      boolean sent = false;
      while (!sent) {
        if (gone) {
          throw new IOException("the client is gone");
        }
        sent = queue.offer(frame, 1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }

  /**
   * A buffered stream whose bytes go to the client as frames.
   *
   * @param type output or error
   */
  OutputStream stream(Frame.Type type) {
    OutputStream frames =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int from = offset; from < offset + length; from += Frame.MAX_LENGTH) {
              int to = Math.min(offset + length, from + Frame.MAX_LENGTH);
              send(new Frame(type, Arrays.copyOfRange(bytes, from, to)));
            }
          }
        };
    return new BufferedOutputStream(frames, BUFFER_SIZE);
  }
}

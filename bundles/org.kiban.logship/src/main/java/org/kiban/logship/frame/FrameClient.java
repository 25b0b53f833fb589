package org.kiban.logship.frame;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;

/**
 * A connection to a {@link FrameServer}. Frames may be sent before the ones before them are
 * answered. Safe for any thread; after a failure it is of no use any more.
 */
public final class FrameClient implements Closeable {

  private static final int BUFFER = 1 << 16;

  private interface Waiting {
    void answered(Wire.Message message) throws IOException;

    void failed(IOException cause);
  }

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private IOException failure;

  /**
   * Greets and waits for the answer.
   *
   * @param socket connected and trusted; closed with this
   * @param municipality whose frames it will send
   * @param threads makes the thread that reads answers
   * @throws IOException if the other side refuses or does not answer in time
   */
  public FrameClient(Socket socket, String municipality, ThreadFactory threads) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    this.out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
    try {
      Wire.writeHello(out, municipality);
      out.flush();
      expect(Wire.read(in), Wire.WELCOME);
      socket.setSoTimeout(0);
      socket.setKeepAlive(true);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    threads.newThread(this::read).start();
  }

  /** How far the receiver has a lane, after everything that was sent before. */
  public Mark mark(Lane lane) throws IOException {
    CompletableFuture<Mark> mark = new CompletableFuture<>();
    request(
        new Waiting() {
          @Override
          public void answered(Wire.Message message) throws IOException {
            expect(message, Wire.MARK);
            mark.complete(Mark.read(message.open()));
          }

          @Override
          public void failed(IOException cause) {
            mark.completeExceptionally(cause);
          }
        },
        () -> Wire.writeLane(out, lane));
    try {
      return mark.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause().getMessage(), e.getCause());
    }
  }

  /**
   * Sends a frame; waits only while the network takes no more.
   *
   * @return what becomes of it; fails with an {@link IOException} if the connection breaks before
   */
  public CompletableFuture<FrameSink.Fate> send(Frame frame) throws IOException {
    CompletableFuture<FrameSink.Fate> fate = new CompletableFuture<>();
    byte[] bytes = frame.encode();
    request(
        new Waiting() {
          @Override
          public void answered(Wire.Message message) throws IOException {
            expect(message, Wire.FATE);
            fate.complete(FrameSink.Fate.values()[message.open().readUnsignedByte()]);
          }

          @Override
          public void failed(IOException cause) {
            fate.completeExceptionally(cause);
          }
        },
        () -> Wire.write(out, Wire.FRAME, bytes));
    return fate;
  }

  @Override
  public void close() {
    fail(new IOException("the connection was closed"));
  }

  private interface Writing {
    void write() throws IOException;
  }

  private void request(Waiting answer, Writing writing) throws IOException {
    try {
      synchronized (out) {
        synchronized (waiting) {
          if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
          }
          waiting.add(answer);
        }
        writing.write();
        out.flush();
      }
    } catch (IOException e) {
      fail(e);
      throw e;
    }
  }

  private void read() {
    try {
      while (true) {
        Wire.Message message = Wire.read(in);
        expectAny(message);
        Waiting first;
        synchronized (waiting) {
          first = waiting.poll();
        }
        if (first == null) {
          throw new IOException("an answer that nobody waits for");
        }
        try {
          first.answered(message);
        } catch (IOException | RuntimeException e) {
          first.failed(new IOException(e.getMessage(), e));
          throw e;
        }
      }
    } catch (EOFException e) {
      fail(new IOException("the other side closed the connection", e));
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new IOException("an answer cannot be read", e));
    }
  }

  private void fail(IOException cause) {
    Deque<Waiting> left;
    synchronized (waiting) {
      if (failure == null) {
        failure = cause;
      }
      left = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    try {
      socket.close();
    } catch (IOException ignored) {
      // It is given up anyway.
    }
    left.forEach(w -> w.failed(cause));
  }

  private static void expectAny(Wire.Message message) throws IOException {
    if (message.type() == Wire.REFUSED) {
      throw new IOException("the other side refused: " + message.open().readUTF());
    }
  }

  private static void expect(Wire.Message message, int type) throws IOException {
    expectAny(message);
    if (message.type() != type) {
      throw new IOException("an answer of type " + message.type() + " instead of " + type);
    }
  }
}

package org.kiban.logship.frame;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;

/**
 * One sender's connection. The reading thread unpacks and checks; the storing thread takes what has
 * come, so that frames that arrive during a sync share the next one.
 */
final class Reception {

  /** What the storing thread is to do, in the order in which it was sent. */
  private sealed interface Task {}

  private record Store(Frame frame) implements Task {}

  private record Answer(Lane lane) implements Task {}

  private record End(String reason) implements Task {}

  private static final int AHEAD = 16;
  private static final long GROUP_BYTES = 4 << 20;

  private final FrameSink sink;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Closeable connection;
  private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(AHEAD);
  private volatile boolean over;

  Reception(FrameSink sink, DataInputStream in, DataOutputStream out, Closeable connection) {
    this.sink = sink;
    this.in = in;
    this.out = out;
    this.connection = connection;
  }

  /** Works until the sender leaves. */
  void run(Executor threads) throws IOException {
    threads.execute(this::read);
    try {
      store();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      connection.close();
      queue.clear(); // the reading thread may wait for room
    }
  }

  private void read() {
    String reason = "";
    try {
      while (!over) {
        Wire.Message message = Wire.read(in);
        queue.put(
            switch (message.type()) {
              case Wire.FRAME -> new Store(checked(Frame.decode(message.bytes())));
              case Wire.ASK -> new Answer(Wire.readLane(message));
              default -> throw new IOException("a message of the unknown type " + message.type());
            });
      }
    } catch (EOFException e) {
      reason = "";
    } catch (IOException e) {
      reason = e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!over) {
      end(reason);
    }
  }

  private void end(String reason) {
    try {
      queue.put(new End(String.valueOf(reason)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Frame checked(Frame frame) throws IOException {
    frame.unpack();
    return frame;
  }

  private void store() throws IOException, InterruptedException {
    List<Frame> group = new ArrayList<>();
    while (true) {
      Task task = queue.take();
      long bytes = 0;
      while (task instanceof Store s) {
        group.add(s.frame());
        bytes += s.frame().packed().length;
        task = bytes < GROUP_BYTES ? queue.poll() : null;
      }
      answer(group);
      group.clear();
      if (task instanceof Answer a) {
        Mark mark = sink.mark(a.lane());
        Wire.write(out, Wire.MARK, mark::write);
      } else if (task instanceof End e) {
        refuse(e.reason());
        return;
      }
      out.flush();
    }
  }

  private void answer(List<Frame> group) throws IOException {
    if (group.isEmpty()) {
      return;
    }
    List<FrameSink.Fate> fates;
    try {
      fates = sink.store(group);
    } catch (IOException e) {
      refuse("not stored: " + e.getMessage());
      throw e;
    }
    for (FrameSink.Fate fate : fates) {
      Wire.write(out, Wire.FATE, c -> c.writeByte(fate.ordinal()));
    }
  }

  private void refuse(String reason) throws IOException {
    if (!reason.isEmpty()) {
      Wire.write(out, Wire.REFUSED, c -> c.writeUTF(reason));
      out.flush();
    }
  }
}

package org.kiban.exchange.remote;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.kiban.exchange.api.Parcel;

/** A folder of another machine. Connects when it is first used, anew when the line was down. */
interface Store extends Closeable {

  /**
   * A file there.
   *
   * @param version changes with its content, as far as the other side tells: time, entity tag
   */
  record Entry(String name, long size, String version) {}

  /** All files of the folder. */
  List<Entry> list() throws IOException;

  /**
   * Copies a file's bytes from an offset on.
   *
   * @throws IOException if not all of it came; what came was written
   */
  void read(Entry entry, long offset, OutputStream into) throws IOException;

  /** Takes a file away after it was taken in: removes it, or moves it. Nothing if it is gone. */
  void retire(Entry entry) throws IOException;

  /**
   * Makes a file appear, whole, under its name. Repeating it after a crash has no further effect,
   * as far as the other side lets that be told.
   *
   * @throws java.nio.file.FileAlreadyExistsException if another file of that name lies there
   */
  void publish(Parcel parcel, String name, Path content) throws IOException;

  /** Where it is, for operators. */
  String place(String name);
}

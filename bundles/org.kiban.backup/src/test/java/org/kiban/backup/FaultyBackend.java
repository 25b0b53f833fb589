package org.kiban.backup;

import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.kiban.backup.backend.Backend;
import org.kiban.backup.backend.ForwardingBackend;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;
import org.kiban.platform.remote.TransientException;

/** A place that behaves as bad places do, towards files of some kinds. */
final class FaultyBackend extends ForwardingBackend {

  /** What it does wrong. */
  enum Fault {
    /** Every answer takes its time. */
    SLOW,
    /** Gives less than it has. */
    CUTS_READS,
    /** Keeps half of what it says it keeps. */
    CUTS_WRITES,
    /** Says that it has stored, and has not. */
    FORGETS,
    /** Stores other bytes. */
    GARBLES,
    /** Every third call fails, and the same call works when it is made again. */
    HICCUPS,
    /** Stores, and then the answer is lost. */
    LOSES_ANSWERS,
    /** Fails from some call on. */
    BREAKS,
    /** Has room for some more bytes. */
    FULL
  }

  private final Fault fault;
  private final Predicate<Kind> where;
  private final AtomicLong left;

  /** With so many calls, or bytes if it is full, until it begins. */
  FaultyBackend(Backend real, Fault fault, Predicate<Kind> where, long left) {
    super(real);
    this.fault = fault;
    this.where = where;
    this.left = new AtomicLong(left);
  }

  private boolean is(Fault which, Kind kind) {
    return fault == which && where.test(kind);
  }

  private void call(Kind kind) throws IOException {
    if (is(Fault.SLOW, kind)) {
      LockSupport.parkNanos(3_000_000);
    }
    if (is(Fault.BREAKS, kind) && left.decrementAndGet() < 0) {
      throw new IOException("the disk is broken");
    }
    if (is(Fault.HICCUPS, kind) && left.decrementAndGet() % 3 == 0) {
      throw new TransientException("the line was down");
    }
  }

  @Override
  public void save(Kind kind, String name, byte[] content, int length) throws IOException {
    call(kind);
    if (is(Fault.FULL, kind) && left.addAndGet(-length) < 0) {
      throw new KibanException(Outcome.FAILED, BackupMessage.NO_ROOM, location());
    }
    if (is(Fault.FORGETS, kind) && left.decrementAndGet() < 0) {
      return;
    }
    if (is(Fault.CUTS_WRITES, kind) && left.decrementAndGet() < 0) {
      super.save(kind, name, content, length / 2);
    } else if (is(Fault.GARBLES, kind) && left.decrementAndGet() < 0) {
      byte[] other = Arrays.copyOf(content, length);
      other[length / 3] ^= 0x40;
      super.save(kind, name, other, length);
    } else {
      super.save(kind, name, content, length);
    }
    if (is(Fault.LOSES_ANSWERS, kind) && left.decrementAndGet() % 2 == 0) {
      throw new TransientException("no answer");
    }
  }

  @Override
  public byte[] load(Kind kind, String name) throws IOException {
    call(kind);
    byte[] all = super.load(kind, name);
    return is(Fault.CUTS_READS, kind) ? Arrays.copyOf(all, all.length / 2) : all;
  }

  @Override
  public void load(Kind kind, String name, long offset, byte[] into, int length)
      throws IOException {
    call(kind);
    if (is(Fault.CUTS_READS, kind)) {
      throw new EOFException("it ends");
    }
    super.load(kind, name, offset, into, length);
  }

  @Override
  public long size(Kind kind, String name) throws IOException {
    call(kind);
    return super.size(kind, name);
  }
}

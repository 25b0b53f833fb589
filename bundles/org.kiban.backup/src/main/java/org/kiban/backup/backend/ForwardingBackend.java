package org.kiban.backup.backend;

import java.io.IOException;
import java.util.List;

/** Passes everything on to another; who extends it changes what is to be different. */
public abstract class ForwardingBackend implements Backend {

  private final Backend real;

  /** In front of another, which is closed with it. */
  protected ForwardingBackend(Backend real) {
    this.real = real;
  }

  @Override
  public String location() {
    return real.location();
  }

  @Override
  public void create() throws IOException {
    real.create();
  }

  @Override
  public void save(Kind kind, String name, byte[] content, int length) throws IOException {
    real.save(kind, name, content, length);
  }

  @Override
  public byte[] load(Kind kind, String name) throws IOException {
    return real.load(kind, name);
  }

  @Override
  public void load(Kind kind, String name, long offset, byte[] into, int length)
      throws IOException {
    real.load(kind, name, offset, into, length);
  }

  @Override
  public long size(Kind kind, String name) throws IOException {
    return real.size(kind, name);
  }

  @Override
  public List<Entry> list(Kind kind) throws IOException {
    return real.list(kind);
  }

  @Override
  public void delete(Kind kind, String name) throws IOException {
    real.delete(kind, name);
  }

  @Override
  public int discardLeftovers() throws IOException {
    return real.discardLeftovers();
  }

  @Override
  public int bringBack() throws IOException {
    return real.bringBack();
  }

  @Override
  public void requireRemoval() {
    real.requireRemoval();
  }

  @Override
  public void close() throws IOException {
    real.close();
  }
}

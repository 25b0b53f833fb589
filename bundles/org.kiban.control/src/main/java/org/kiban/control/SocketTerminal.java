package org.kiban.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import org.apache.karaf.shell.api.console.SignalListener;
import org.apache.karaf.shell.api.console.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** A terminal at the other end of a connection, for JLine and for the shell at once. */
final class SocketTerminal extends ExternalTerminal implements Terminal {

  private final Map<org.apache.karaf.shell.api.console.Signal, Set<SignalListener>> listeners =
      new ConcurrentHashMap<>();

  SocketTerminal(String type, InputStream in, OutputStream out) throws IOException {
    super("kiban", type, in, out, StandardCharsets.UTF_8);
  }

  @Override
  public void raise(Signal signal) {
    super.raise(signal);
    Arrays.stream(org.apache.karaf.shell.api.console.Signal.values())
        .filter(s -> s.name().equals(signal.name()))
        .forEach(s -> listeners.getOrDefault(s, Set.of()).forEach(l -> l.signal(s)));
  }

  @Override
  public void addSignalListener(SignalListener listener) {
    addSignalListener(listener, EnumSet.allOf(org.apache.karaf.shell.api.console.Signal.class));
  }

  @Override
  public void addSignalListener(
      SignalListener listener, org.apache.karaf.shell.api.console.Signal... signals) {
    for (org.apache.karaf.shell.api.console.Signal signal : signals) {
      listeners.computeIfAbsent(signal, s -> new CopyOnWriteArraySet<>()).add(listener);
    }
  }

  @Override
  public void addSignalListener(
      SignalListener listener, EnumSet<org.apache.karaf.shell.api.console.Signal> signals) {
    addSignalListener(listener, signals.toArray(new org.apache.karaf.shell.api.console.Signal[0]));
  }

  @Override
  public void removeSignalListener(SignalListener listener) {
    listeners.values().forEach(known -> known.remove(listener));
  }

  @Override
  public int getWidth() {
    return getSize().getColumns();
  }

  @Override
  public int getHeight() {
    return getSize().getRows();
  }

  @Override
  public boolean isAnsiSupported() {
    return true;
  }

  @Override
  public boolean isEchoEnabled() {
    return echo();
  }

  @Override
  public void setEchoEnabled(boolean enabled) {
    echo(enabled);
  }
}

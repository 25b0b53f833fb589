package org.kiban.route.wall;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import java.util.function.Supplier;
import org.kiban.core.KibanException;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Outcome;

/**
 * Connections to the broker in a municipality's name. Asks for its messaging at every connection:
 * the broker may come later than the route, and may come anew.
 */
final class Connections implements ConnectionFactory {

  private final MunicipalityCode code;
  private final Supplier<ConnectionFactory> current;

  /**
   * @param current gives null while the municipality has no messaging
   */
  Connections(MunicipalityCode code, Supplier<ConnectionFactory> current) {
    this.code = code;
    this.current = current;
  }

  private ConnectionFactory now() {
    ConnectionFactory factory = current.get();
    if (factory == null) {
      throw new KibanException(Outcome.FAILED, WallMessage.NO_MESSAGING, code);
    }
    return factory;
  }

  @Override
  public Connection createConnection() throws JMSException {
    try {
      return now().createConnection();
    } catch (KibanException e) {
      JMSException failure = new JMSException(e.getMessage());
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  public Connection createConnection(String user, String password) throws JMSException {
    return createConnection();
  }

  @Override
  public JMSContext createContext() {
    return now().createContext();
  }

  @Override
  public JMSContext createContext(int mode) {
    return now().createContext(mode);
  }

  @Override
  public JMSContext createContext(String user, String password) {
    return createContext();
  }

  @Override
  public JMSContext createContext(String user, String password, int mode) {
    return createContext(mode);
  }
}

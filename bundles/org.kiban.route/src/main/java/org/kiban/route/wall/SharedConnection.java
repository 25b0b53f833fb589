package org.kiban.route.wall;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * One connection for everything that a context sends and takes in. It is not stopped for one intake
 * that ends: Spring would wait for the message in hand while it holds the lock that this message
 * needs to be sent on, until Artemis gives up after ten seconds. An intake ends with its consumer
 * and session; the connection ends with {@link #destroy}.
 */
final class SharedConnection extends CachingConnectionFactory {

  private static final int SESSIONS = 16;

  SharedConnection(ConnectionFactory broker) {
    super(broker);
    setSessionCacheSize(SESSIONS);
    setCacheConsumers(false);
    setReconnectOnException(true);
  }

  @Override
  protected Connection getSharedConnectionProxy(Connection target) {
    Connection shared = super.getSharedConnectionProxy(target);
    return (Connection)
        Proxy.newProxyInstance(
            SharedConnection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (self, method, arguments) -> call(shared, method, arguments));
  }

  private static Object call(Connection shared, Method method, Object[] arguments)
      throws Throwable {
    switch (method.getName()) {
      case "stop":
        return null;
      case "close":
        leave(shared);
        return null;
      default:
        try {
          return method.invoke(shared, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
    }
  }

  /** What failed later is no longer told to one that has gone. */
  private static void leave(Connection shared) throws JMSException {
    shared.setExceptionListener(null);
  }
}

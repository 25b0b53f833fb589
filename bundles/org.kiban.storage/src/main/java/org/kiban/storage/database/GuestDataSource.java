package org.kiban.storage.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/**
 * Opens connections of a user who is no administrator. An administrator's connection stands open
 * meanwhile: H2 takes options such as those of tracing from nobody else, and forgets them when a
 * database closes.
 */
final class GuestDataSource implements InvocationHandler {

  private final DataSource administrator;
  private final DataSource guest;

  private GuestDataSource(DataSource administrator, DataSource guest) {
    this.administrator = administrator;
    this.guest = guest;
  }

  static DataSource of(DataSource administrator, DataSource guest) {
    return (DataSource)
        Proxy.newProxyInstance(
            GuestDataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            new GuestDataSource(administrator, guest));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getName().equals("equals")) {
      return proxy == args[0];
    }
    Connection opening =
        method.getName().equals("getConnection") ? administrator.getConnection() : null;
    try {
      return method.invoke(guest, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      if (opening != null) {
        opening.close();
      }
    }
  }
}

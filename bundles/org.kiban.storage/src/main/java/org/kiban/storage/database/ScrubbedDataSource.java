package org.kiban.storage.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/** Scrubs every exception that leaves a data source, its connections, statements and results. */
final class ScrubbedDataSource implements InvocationHandler {

  private static final Set<Class<?>> WRAPPED =
      Set.of(
          Connection.class,
          Statement.class,
          PreparedStatement.class,
          CallableStatement.class,
          ResultSet.class);

  private final Object target;

  private ScrubbedDataSource(Object target) {
    this.target = target;
  }

  static DataSource of(DataSource target) {
    return wrap(DataSource.class, target);
  }

  private static <T> T wrap(Class<T> type, Object target) {
    return type.cast(
        Proxy.newProxyInstance(
            ScrubbedDataSource.class.getClassLoader(),
            new Class<?>[] {type},
            new ScrubbedDataSource(target)));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getName().equals("equals")) {
      return proxy == args[0];
    }
    try {
      Object result = method.invoke(target, args);
      return result != null && WRAPPED.contains(method.getReturnType())
          ? wrap(method.getReturnType(), result)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof SQLException sql ? Scrubber.scrub(sql) : e.getCause();
    }
  }
}

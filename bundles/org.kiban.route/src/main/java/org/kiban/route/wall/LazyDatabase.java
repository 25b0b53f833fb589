package org.kiban.route.wall;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A municipality's database, opened when a route first asks for a connection. */
final class LazyDatabase implements InvocationHandler {

  private final Supplier<DataSource> opened;

  private LazyDatabase(Supplier<DataSource> opened) {
    this.opened = opened;
  }

  static DataSource of(Supplier<DataSource> opened) {
    return (DataSource)
        Proxy.newProxyInstance(
            LazyDatabase.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            new LazyDatabase(opened));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return switch (method.getName()) {
        case "equals" -> proxy == args[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> "database";
      };
    }
    try {
      return method.invoke(opened.get(), args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

package org.tonekeep.crypto.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A framework that knows two properties and one registry. */
final class Framework {
  final List<Object> services = new CopyOnWriteArrayList<>();
  final BundleContext context;

  Framework(Path keys, Path data) {
    this(Map.of("tonekeep.keys", keys.toString(), "tonekeep.data", data.toString()));
  }

  Framework(Map<String, String> properties) {
    this.context =
        proxy(
            BundleContext.class,
            (method, arguments) ->
                switch (method) {
                  case "getProperty" -> properties.get(arguments[0]);
                  case "registerService" -> register(arguments[1]);
                  default -> throw new UnsupportedOperationException(method);
                });
  }

  /** The one service of a type. */
  <T> T service(Class<T> type) {
    return services.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  private Object register(Object service) {
    services.add(service);
    return proxy(
        ServiceRegistration.class,
        (method, arguments) -> {
          assertThat(method).isEqualTo("unregister");
          services.remove(service);
          return null;
        });
  }

  static <T> T proxy(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }

  /** What a proxy does. */
  interface Answer {
    Object to(String method, Object[] arguments);
  }
}

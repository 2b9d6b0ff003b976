package org.tonekeep.rest.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What the operator sets in etc/org.tonekeep.rest.cfg. */
@ObjectClassDefinition(name = "Tonekeep REST face")
public @interface RestConfig {
  /** The component configuration's PID. */
  String PID = "org.tonekeep.rest";

  @AttributeDefinition(
      name = "metrics.token",
      description =
          "Bearer token for /metrics and the details of /readyz. Without one, they are shown on this"
              + " machine's own address only.")
  String metrics_token() default "";

  @AttributeDefinition(
      name = "proxy.addresses",
      description =
          "Addresses and networks (10.0.0.0/8) of the proxies in front, comma-separated. Only what"
              + " comes from one of them may say by X-Forwarded-For, X-Forwarded-Proto and"
              + " CF-IPCountry for whom it asks.")
  String proxy_addresses() default "127.0.0.1, ::1";

  @AttributeDefinition(
      name = "https.port",
      description =
          "Port that pages asked for by plain http are sent to; 0 when a proxy on 443 is in front.")
  int https_port() default 0;
}

package org.kiban.http;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.http.cfg.json}. */
@ObjectClassDefinition(name = "Kiban HTTPS")
@interface HttpConfig {

  @AttributeDefinition(description = "Address to listen on; loopback until the operator opens it.")
  String address() default "127.0.0.1";

  @AttributeDefinition(description = "Port of the HTTPS listener.")
  int port() default 8443;

  @AttributeDefinition(description = "After how long an idle connection is closed.")
  int idle$_$timeout$_$seconds() default 30;
}

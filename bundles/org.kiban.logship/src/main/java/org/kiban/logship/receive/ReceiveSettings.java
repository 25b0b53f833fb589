package org.kiban.logship.receive;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.logship.receive.cfg.json}: where this node takes what others send. */
@ObjectClassDefinition(name = "Kiban logs: receiving")
public @interface ReceiveSettings {

  @AttributeDefinition(description = "Address to listen on for other nodes")
  String host() default "127.0.0.1";

  @AttributeDefinition(description = "Port for frames of other nodes, over mutual TLS")
  int port() default 6516;

  @AttributeDefinition(description = "Port for syslog of machines, over mutual TLS")
  int syslog$_$port() default 6514;
}

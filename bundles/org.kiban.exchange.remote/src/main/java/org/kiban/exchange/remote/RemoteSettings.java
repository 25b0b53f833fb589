package org.kiban.exchange.remote;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.exchange.remote.cfg.json}: where the linkage may go, and how. */
@ObjectClassDefinition(name = "Kiban exchange: SFTP and S3 as client")
public @interface RemoteSettings {

  @AttributeDefinition(description = "Places that may be reached, each host:port")
  String[] allowed() default {};

  @AttributeDefinition(description = "http://host:port or socks://host:port; empty for none")
  String proxy() default "";
}

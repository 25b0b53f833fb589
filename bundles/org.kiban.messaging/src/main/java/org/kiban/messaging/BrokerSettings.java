package org.kiban.messaging;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.messaging.broker.cfg.json}: the one broker of the node. */
@ObjectClassDefinition(name = "Kiban messaging: broker")
public @interface BrokerSettings {

  @AttributeDefinition(description = "Address that the TLS listener binds to")
  String host() default "127.0.0.1";

  @AttributeDefinition(description = "Port of the TLS listener")
  int port() default 61617;

  @AttributeDefinition(description = "Client certificates: none, optional or required")
  String client$_$certificate() default "optional";

  @AttributeDefinition(description = "Memory for messages of all addresses, before paging")
  int global$_$max$_$mib() default 64;

  @AttributeDefinition(description = "Memory for messages of one address, before paging")
  int address$_$max$_$mib() default 48;

  @AttributeDefinition(description = "Size of one page file")
  int page$_$size$_$mib() default 2;

  @AttributeDefinition(description = "Paged bytes of one address, above which senders get an error")
  int address$_$disk$_$max$_$mib() default 10240;

  @AttributeDefinition(description = "Free space under which senders wait until there is more")
  int min$_$disk$_$free$_$mib() default 512;

  @AttributeDefinition(description = "Size of one journal file")
  int journal$_$file$_$size$_$mib() default 10;

  @AttributeDefinition(description = "Longest wait for other senders before a journal sync")
  int journal$_$buffer$_$timeout$_$microseconds() default 200;

  @AttributeDefinition(description = "Deliveries of one message before it is a dead letter")
  int max$_$delivery$_$attempts() default 10;

  @AttributeDefinition(description = "Wait before the second delivery; doubles each time")
  int redelivery$_$delay$_$milliseconds() default 1000;

  @AttributeDefinition(description = "Longest wait between two deliveries")
  int redelivery$_$delay$_$max$_$seconds() default 300;
}

package org.kiban.exchange.node;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.exchange.node.cfg.json}: the nodes that this one sends to. */
@ObjectClassDefinition(name = "Kiban exchange: peers")
public @interface PeerSettings {

  @AttributeDefinition(description = "Peers, each <name>=<host>:<port of its broker>")
  String[] peers() default {};
}

package org.kiban.logship.receive;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The part of {@code etc/org.kiban.logship~<code>.cfg.json} that is about receiving. */
@ObjectClassDefinition(name = "Kiban logs: what a municipality receives")
public @interface MunicipalReceiveSettings {

  /** The municipality's code. */
  String code();

  @AttributeDefinition(description = "Nodes that may send, each: name [relays=yes]")
  String[] accept() default {};

  @AttributeDefinition(
      description = "Machines that may send syslog, by the name in their certificate")
  String[] accept$_$syslog() default {};

  @AttributeDefinition(description = "Disk for what was received, MiB; beyond it senders wait")
  int received$_$max$_$mib() default 10_240;

  @AttributeDefinition(
      description = "Days to keep what was received and has gone on; 0: until room is scarce")
  int received$_$keep$_$days() default 0;

  @AttributeDefinition(description = "Patterns of what is hidden besides 個人番号, in syslog")
  String[] masks() default {};

  @AttributeDefinition(description = "Where everything goes, each: name type=... ...")
  String[] destinations() default {};
}

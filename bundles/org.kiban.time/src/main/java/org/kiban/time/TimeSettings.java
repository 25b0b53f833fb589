package org.kiban.time;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.time.node.cfg.json}: how this node's clock is compared with others. */
@ObjectClassDefinition(name = "Kiban time: node")
public @interface TimeSettings {

  @AttributeDefinition(description = "Time servers, each: name host[:port] [nts] [smear=word]")
  String[] sources() default {};

  @AttributeDefinition(description = "Seconds between two questions to a server")
  int poll$_$seconds() default 16;

  @AttributeDefinition(description = "How long an answer may take")
  int patience$_$milliseconds() default 500;

  @AttributeDefinition(
      description = "Most that the system's clock gains or loses, slewing included")
  int drift$_$ppm() default 500;

  @AttributeDefinition(description = "Largest bound at which time is trusted")
  int bound$_$milliseconds() default 100;

  @AttributeDefinition(description = "A jump of the clock larger than this is an event")
  int step$_$milliseconds() default 10;

  @AttributeDefinition(description = "Health warns when fewer sources answer")
  int min$_$sources() default 1;

  @AttributeDefinition(description = "Days to keep the evidence; 0: for ever")
  int keep$_$days() default 0;

  @AttributeDefinition(description = "The program that asks chrony")
  String chronyc() default "/usr/bin/chronyc";

  @AttributeDefinition(description = "chrony's command socket; empty: chronyc's own way")
  String chrony$_$socket() default "";
}

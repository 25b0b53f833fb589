package org.kiban.exchange.sftp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.exchange.sftp.cfg.json}: the door for partners that bring and fetch. */
@ObjectClassDefinition(name = "Kiban exchange: SFTP server")
public @interface DoorSettings {

  @AttributeDefinition(description = "Whether it listens")
  boolean open() default false;

  @AttributeDefinition(description = "Address to listen on; loopback until the operator opens it")
  String host() default "127.0.0.1";

  @AttributeDefinition(description = "Port")
  int port() default 2022;

  @AttributeDefinition(description = "After how long an idle session ends")
  int idle$_$seconds() default 600;

  @AttributeDefinition(description = "Sessions of one partner at a time")
  int sessions$_$per$_$partner() default 4;

  @AttributeDefinition(description = "Sessions of all partners at a time")
  int sessions() default 64;

  @AttributeDefinition(description = "Largest file that is taken, in MiB")
  int max$_$file$_$mib() default 2048;

  @AttributeDefinition(
      description = "Files of an interface that may wait, unfinished ones included")
  int max$_$waiting$_$files() default 10000;

  @AttributeDefinition(description = "KiB a second of one interface and direction; 0 for no limit")
  int kib$_$per$_$second() default 0;

  @AttributeDefinition(description = "Days after which an upload that was never finished goes")
  int keep$_$unfinished$_$days() default 7;
}

package org.kiban.security;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.security.cfg.json}. */
@ObjectClassDefinition(name = "Kiban security")
@interface SecurityConfig {

  @AttributeDefinition(
      description =
          "Absolute path of the node's master key; empty for <KIBAN_DATA>/node/security/master.key."
              + " Another volume keeps a stolen data disk unreadable.")
  String master$_$key$_$file() default "";

  @AttributeDefinition(
      description = "Further host names and addresses that the node's own certificate names.")
  String[] host$_$names() default {};

  @AttributeDefinition(description = "Life of a certificate that the node's own authority issues.")
  int certificate$_$life$_$days() default 397;

  @AttributeDefinition(description = "Days before its expiry when a certificate is renewed.")
  int renew$_$before$_$days() default 30;
}

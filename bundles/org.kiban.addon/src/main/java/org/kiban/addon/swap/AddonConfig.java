package org.kiban.addon.swap;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.addon.cfg.json}. */
@ObjectClassDefinition(name = "Kiban add-ons")
@interface AddonConfig {

  @AttributeDefinition(description = "How long a new version may take to say that it is well.")
  int grace$_$seconds() default 60;

  @AttributeDefinition(description = "How long it must stay well before it is kept.")
  int settle$_$seconds() default 5;

  @AttributeDefinition(description = "How long a bundle may take to start.")
  int start$_$seconds() default 30;

  @AttributeDefinition(description = "How long a bundle may take to stop.")
  int stop$_$seconds() default 15;
}

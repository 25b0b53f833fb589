package org.kiban.messaging;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One municipality's messaging, as the node configures it. */
@ObjectClassDefinition(name = "Kiban messaging: municipality")
public @interface MunicipalSettings {

  /** The municipality's code. */
  String code();
}

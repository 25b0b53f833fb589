package org.kiban.time;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One municipality's share in the time, as the node configures it. */
@ObjectClassDefinition(name = "Kiban time: municipality")
public @interface MunicipalSettings {

  /** The municipality's code. */
  String code();
}

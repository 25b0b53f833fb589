package org.kiban.update;

import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One municipality's share in updates, as the node configures it. */
@ObjectClassDefinition(name = "Kiban updates: municipality")
public @interface MunicipalSettings {

  /** The municipality's code. */
  String code();
}

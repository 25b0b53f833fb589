package org.kiban.update;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * A municipality that lists the capability. It needs nothing else, so it stays while update
 * management takes over a changed configuration.
 */
@Component(
    service = Asking.class,
    configurationPid = "org.kiban.update",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Asking {}

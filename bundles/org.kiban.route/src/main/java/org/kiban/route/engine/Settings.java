package org.kiban.route.engine;

import java.time.Duration;

/**
 * How routes are run.
 *
 * @param scan pause between looks at the folder
 * @param drain what is in flight has this long to finish
 * @param grace a new version is watched for so long
 * @param failurePercent share of failures from which it is not well
 * @param failureLeast failures from which the share counts
 * @param versions how many are kept to go back to
 */
record Settings(
    Duration scan,
    Duration drain,
    Duration grace,
    int failurePercent,
    int failureLeast,
    int versions) {

  static Settings of(RouteConfig config) {
    return new Settings(
        Duration.ofMillis(config.scan$_$interval$_$ms()),
        Duration.ofSeconds(config.drain$_$seconds()),
        Duration.ofSeconds(config.grace$_$seconds()),
        config.failure$_$percent(),
        config.failure$_$least(),
        config.versions());
  }
}

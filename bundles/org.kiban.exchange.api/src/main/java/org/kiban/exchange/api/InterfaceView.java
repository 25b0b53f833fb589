package org.kiban.exchange.api;

import java.util.List;
import java.util.Map;

/**
 * A declared interface.
 *
 * @param id its id, the file name
 * @param name its name, or null if it was never in force
 * @param provider the provider's id
 * @param consumers the consumers' ids
 * @param state active, waiting (a transport or partner is missing) or refused (the one in force, if
 *     any, stays)
 * @param problems why, each with file, line and reason
 * @param directory where files arrive
 * @param receives the transport of the way in, or null if it was never in force
 * @param ways the transport of each consumer's way out
 * @param source the declaration's text in force, or null
 */
public record InterfaceView(
    String id,
    String name,
    String provider,
    List<String> consumers,
    String state,
    List<Problem> problems,
    String directory,
    String receives,
    Map<String, String> ways,
    String source) {

  /**
   * What is wrong.
   *
   * @param reason in English, with its code or its file and line
   * @param reasonJa in Japanese
   */
  public record Problem(String reason, String reasonJa) {}
}

package org.kiban.exchange.node;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import org.kiban.core.MunicipalityCode;

/** Ways to brokers, each as one municipality. */
interface Links {

  /** This node's name, as peers know it. */
  String nodeName();

  /**
   * This node's own broker.
   *
   * @throws IOException if the municipality's messaging does not run now
   */
  ConnectionFactory local(MunicipalityCode code) throws IOException;

  /**
   * A peer's broker.
   *
   * @throws IllegalArgumentException if no such peer is declared
   * @throws IOException if its certificate authority or the municipality's credentials cannot be
   *     read
   */
  ConnectionFactory peer(String name, MunicipalityCode code) throws IOException;
}

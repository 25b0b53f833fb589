package org.kiban.exchange.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.ConnectionFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.storage.DurableFiles;
import org.kiban.exchange.api.Arrival;
import org.kiban.exchange.api.Endpoint;
import org.kiban.exchange.api.Inbound;
import org.kiban.exchange.api.Outbound;
import org.kiban.exchange.api.Parcel;
import org.kiban.exchange.api.Transport;
import org.kiban.exchange.api.TransportContract;
import org.kiban.storage.DurableFilesComponent;

/** The node transport between two nodes, here with one broker that both reach. */
class NodeTransportTest extends TransportContract {

  private static final MunicipalityCode CODE = new MunicipalityCode("332020");
  private static final int ID = 4711;

  @TempDir Path directory;
  private final DurableFiles files = new DurableFilesComponent();
  private EmbeddedActiveMQ broker;

  @BeforeEach
  void startBroker() throws Exception {
    startBrokerIn(directory);
  }

  private void startBrokerIn(Path home) throws Exception {
    ConfigurationImpl c = new ConfigurationImpl();
    c.setSecurityEnabled(false).setJMXManagementEnabled(false);
    c.setJournalDirectory(home.resolve("journal").toString());
    c.setBindingsDirectory(home.resolve("bindings").toString());
    c.setPagingDirectory(home.resolve("paging").toString());
    c.setLargeMessagesDirectory(home.resolve("large").toString());
    c.addAcceptorConfiguration("vm", "vm://" + ID);
    broker = new EmbeddedActiveMQ().setConfiguration(c);
    broker.start();
  }

  @AfterEach
  void stopBroker() throws Exception {
    broker.stop();
  }

  /** A node of some name that reaches the broker as its own and as its peer's. */
  private record OneBroker(String nodeName) implements Links {
    @Override
    public ConnectionFactory local(MunicipalityCode code) {
      return new ActiveMQConnectionFactory("vm://" + ID);
    }

    @Override
    public ConnectionFactory peer(String name, MunicipalityCode code) {
      return local(code);
    }
  }

  @Override
  protected Transport transport() {
    return new NodeTransport(new OneBroker("chosha"), files);
  }

  @Override
  protected Endpoint wayIn() {
    return new Endpoint(CODE, "in-if", "031", directory.resolve("in"), Map.of());
  }

  @Override
  protected Endpoint wayOut() {
    return new Endpoint(CODE, "out-if", "031", directory.resolve("out"), Map.of("peer", "cloud"));
  }

  private int sent;

  @Override
  protected void send(Endpoint in, String name, byte[] content) throws Exception {
    Endpoint from =
        new Endpoint(
            CODE, in.interfaceId(), "010", directory.resolve("sender"), Map.of("peer", "x"));
    try (Outbound out = new NodeTransport(new OneBroker("sender"), files).openOutbound(from)) {
      Parcel parcel = parcel(++sent, name, content);
      out.stage(parcel, () -> new ByteArrayInputStream(content));
      out.publish(parcel);
    }
  }

  @Override
  protected Map<String, byte[]> seen(Endpoint out) throws Exception {
    Map<String, byte[]> files = new HashMap<>();
    for (Arrival arrival : look(out, false)) {
      assertThat(files.put(arrival.name(), read(arrival))).as("once").isNull();
    }
    return files;
  }

  @Override
  protected void take(Endpoint out) throws Exception {
    look(out, true);
  }

  private List<Arrival> look(Endpoint out, boolean retire) throws Exception {
    try (Inbound receiver = receiver(out.interfaceId())) {
      List<Arrival> arrivals = receiver.poll(100);
      for (Arrival arrival : arrivals) {
        if (retire) {
          arrival.retire();
        }
      }
      return arrivals;
    }
  }

  private Inbound receiver(String interfaceId) throws IOException {
    return new NodeTransport(new OneBroker("cloud"), files)
        .openInbound(
            new Endpoint(CODE, interfaceId, "010", directory.resolve("receiver"), Map.of()));
  }

  @Override
  protected boolean namesCollide() {
    return false;
  }

  @Test
  void aReceiptComesBackOnceForWhatWasTaken() throws Exception {
    byte[] content = {1, 2, 3};
    try (Outbound out = transport().openOutbound(wayOut())) {
      for (int i = 1; i <= 2; i++) {
        Parcel parcel = parcel(i, i + ".csv", content);
        out.stage(parcel, () -> new ByteArrayInputStream(content));
        out.publish(parcel);
      }
      assertThat(out.confirmed()).isEmpty();
      try (Inbound in = receiver("out-if")) {
        for (Arrival arrival : in.poll(10)) {
          if (arrival.name().equals("2.csv")) {
            arrival.retire();
          }
        }
      }
      assertThat(out.confirmed()).containsExactly(2L);
      assertThat(out.confirmed()).isEmpty();
    }
  }

  @Test
  void aReceiptThatWasNotNotedComesAgain() throws Exception {
    byte[] content = {1};
    try (Outbound out = transport().openOutbound(wayOut())) {
      Parcel parcel = parcel(1, "a.csv", content);
      out.stage(parcel, () -> new ByteArrayInputStream(content));
      out.publish(parcel);
      take(wayOut());
      assertThat(out.confirmed()).containsExactly(1L);
    }
    try (Outbound out = transport().openOutbound(wayOut())) {
      assertThat(out.confirmed()).containsExactly(1L);
    }
  }

  @Test
  void whileTheLinkIsDownNothingIsLostAndAfterwardsNothingIsDoubled() throws Exception {
    byte[] content = new byte[500_000];
    Parcel parcel = parcel(1, "a.csv", content);
    try (Outbound out = transport().openOutbound(wayOut())) {
      // given a link that is down
      broker.stop();
      out.stage(parcel, () -> new ByteArrayInputStream(content));
      assertThatThrownBy(() -> out.publish(parcel)).isInstanceOf(IOException.class);
      assertThat(out.look(parcel)).isEqualTo(Outbound.Presence.STAGED);

      // when it is up again, and the answer to the first publication was lost
      startBrokerIn(directory);
      out.publish(parcel);
      out.stage(parcel, () -> new ByteArrayInputStream(content));
      out.publish(parcel);

      // then
      assertThat(seen(wayOut())).hasSize(1);
      assertThat(seen(wayOut()).get("a.csv")).isEqualTo(content);
    }
  }

  @Test
  void aLostStageIsToldApartFromAPublication() throws Exception {
    Parcel parcel = parcel(1, "a.csv", new byte[1]);
    try (Outbound out = transport().openOutbound(wayOut())) {
      assertThat(out.look(parcel)).isEqualTo(Outbound.Presence.LOST);
    }
  }

  @Test
  void aMessageWithoutAUsableNameIsUnfit() throws Exception {
    send(wayIn(), "../../etc/passwd", new byte[1]);
    try (Inbound in = transport().openInbound(wayIn())) {
      assertThat(in.poll(1).get(0).unfit()).contains(Arrival.Unfit.BAD_NAME);
    }
  }

  @Test
  void aWayOutNeedsAPeer() {
    Endpoint out = new Endpoint(CODE, "x", "031", directory, Map.of());
    assertThatThrownBy(() -> transport().openOutbound(out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("peer");
  }

  private static Parcel parcel(long id, String name, byte[] content) throws Exception {
    return new Parcel(
        id, name, content.length, MessageDigest.getInstance("SHA-256").digest(content), null);
  }

  private static byte[] read(Arrival arrival) throws IOException {
    try (var in = arrival.open()) {
      return in.readAllBytes();
    }
  }
}

package org.kiban.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.kiban.core.TrustedClock;
import org.kiban.core.storage.Journal;

/** The bytes of an entry: JSON in UTF-8. Stateless but for its mapper; safe for any thread. */
final class Payload {

  private final ObjectMapper mapper = new ObjectMapper();

  byte[] write(Act act, TrustedClock.Reading time) throws IOException {
    ObjectNode node = mapper.createObjectNode();
    node.put("at", time.now().toString());
    node.setAll((ObjectNode) mapper.valueToTree(time.facts()));
    node.put("kind", act.kind().word());
    node.put("user", act.user()).put("from", act.from()).put("municipality", act.municipality());
    node.put("what", act.what()).put("result", act.result()).put("of", act.of());
    act.details().forEach(node.putArray("details")::add);
    return mapper.writeValueAsBytes(node);
  }

  Entry read(Journal.Entry entry) throws IOException {
    JsonNode node = mapper.readTree(entry.payload());
    List<String> details = new ArrayList<>();
    node.path("details").forEach(d -> details.add(d.asText()));
    Act act =
        new Act(
            Act.Kind.of(node.path("kind").asText()),
            node.path("user").asText(),
            node.path("from").asText(),
            node.path("municipality").asText(),
            node.path("what").asText(),
            node.path("result").asText(),
            node.path("of").asLong(),
            details);
    return new Entry(
        entry.position(),
        Instant.parse(node.path("at").asText()),
        TrustedClock.Trust.valueOf(node.path("trust").asText().toUpperCase(Locale.ROOT)),
        act,
        HexFormat.of().formatHex(entry.hash()));
  }
}

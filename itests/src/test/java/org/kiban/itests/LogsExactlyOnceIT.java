package org.kiban.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kiban.itests.Linkage.await;
import static org.kiban.itests.Linkage.pause;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log that is written, torn, rotated in every way and deleted, from a node by way of a relay to
 * another node, to a real OpenSearch and to Debian's rsyslog, each of them killed with -9 and the
 * disks of nodes full meanwhile: at the other node and in OpenSearch each line is there once, whole
 * and in order. Plain syslog may lose and repeat lines, never garble them.
 *
 * <p>{@code -Dkiban.logs.events=1000} is the full proof, {@code -Dkiban.seed} repeats a run's files
 * and order of events.
 */
class LogsExactlyOnceIT {

  private static final String CODE = "332020";
  private static final int EVENTS = Integer.getInteger("kiban.logs.events", 28);
  private static final long SEED = Long.getLong("kiban.seed", System.nanoTime());
  private static final Pattern SYSLOG =
      Pattern.compile("\\[kiban@32473 stream=\"(\\w+)\" offset=\"(\\d+)\"\\] ?(.*)");
  private static final int DISK_MIB = 256;

  private enum Event {
    WRITE,
    RENAME,
    COPY_AND_EMPTY,
    DELETE_AND_REUSE,
    KILL_SENDER,
    KILL_RELAY,
    KILL_RECEIVER,
    KILL_OPENSEARCH,
    KILL_RSYSLOG,
    FILL_SENDER,
    FILL_RECEIVER
  }

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private final ExecutorService revival = Executors.newFixedThreadPool(2);
  private final Map<LogSite.Victim, Boolean> down = Collections.synchronizedMap(new HashMap<>());
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private final Map<Event, Integer> happened = new java.util.EnumMap<>(Event.class);
  private final Map<Event, LogSite.Victim> victims = new HashMap<>();
  private final Map<Event, SmallDisk> disks = new HashMap<>();
  private final LogSite site = new LogSite();
  private BusyLog log;
  private String behind = "nothing";

  @Test
  void everyLineArrivesOnceWhateverIsKilledOrFull() throws Exception {
    System.out.printf("LogsExactlyOnceIT: %d events, seed %d%n", EVENTS, SEED);
    try {
      givenANodeARelayAReceiverOpenSearchAndRsyslog();
      for (Event event : events()) {
        log.write(random.nextInt(200));
        tryOut(event);
        pause(random.nextInt(400));
      }
      eachKindAtLeastOnce();
      whenAllIsWellAgain();
      thenTheReceiverHasEachLineOnce();
      thenOpenSearchHasEachLineOnce();
      thenSyslogHasNothingGarbled();
      site.chosha.exec("logship:verify " + CODE).expect(0);
      System.out.println("LogsExactlyOnceIT: " + log.written().size() + " lines, " + happened);
    } catch (AssertionError | Exception e) {
      throw new AssertionError(
          "-Dkiban.seed=%d %s%n%s%nbehind: %s%n--- sender%n%s%n--- relay%n%s%n--- receiver%n%s"
              .formatted(
                  SEED,
                  happened,
                  e,
                  behind,
                  site.chosha.tail("karaf.log"),
                  site.relay.tail("karaf.log"),
                  site.cloud.tail("karaf.log")),
          e);
    } finally {
      revival.shutdownNow();
      revival.awaitTermination(1, TimeUnit.MINUTES);
      site.close();
      disks.values().forEach(SmallDisk::close);
    }
  }

  /** Each kind once, then as chance has it; killing is rarer, since coming back takes its time. */
  private List<Event> events() {
    List<Event> all = new ArrayList<>(Arrays.asList(Event.values()));
    Event[] often = {Event.WRITE, Event.WRITE, Event.RENAME, Event.COPY_AND_EMPTY, Event.WRITE};
    while (all.size() < EVENTS) {
      Event[] from = random.nextInt(3) == 0 ? Event.values() : often;
      all.add(from[random.nextInt(from.length)]);
    }
    Collections.shuffle(all, random);
    return all;
  }

  private void tryOut(Event event) throws IOException {
    if (happens(event)) {
      happened.merge(event, 1, Integer::sum);
    }
  }

  /** What was not possible when its turn came, for example since its node was down. */
  private void eachKindAtLeastOnce() throws IOException {
    for (Event event : Event.values()) {
      if (!happened.containsKey(event)) {
        log.write(100);
        allIsWellAgain();
        tryOut(event);
        assertThat(happened.containsKey(event) || !isPossible(event)).as("%s", event).isTrue();
      }
    }
  }

  /** Without rights there are no small disks, and rsyslog may not be installed. */
  private boolean isPossible(Event event) {
    return disks.containsKey(event)
        ? disks.get(event).isMounted()
        : event != Event.KILL_RSYSLOG || site.rsyslog != null;
  }

  private boolean happens(Event event) throws IOException {
    return switch (event) {
      case WRITE -> true;
      case RENAME, COPY_AND_EMPTY -> rotates(event);
      case DELETE_AND_REUSE -> {
        deletes();
        yield true;
      }
      case FILL_SENDER, FILL_RECEIVER -> fills(event);
      default -> kills(victims.get(event));
    };
  }

  private boolean rotates(Event how) throws IOException {
    if (log.isEmpty()) {
      return false;
    }
    if (how == Event.RENAME) {
      log.rename();
    } else {
      log.copyAndEmpty();
    }
    return true;
  }

  /**
   * Only what everybody has may be deleted, so everybody is waited for, and until the sender has
   * noted it, each second: killed before, it takes for lost what it cannot look up any more.
   */
  private void deletes() throws IOException {
    log.write(1 + random.nextInt(50));
    allIsWellAgain();
    pause(3_000);
    log.deleteRotated();
  }

  private boolean kills(LogSite.Victim victim) {
    if (victim == null || down.putIfAbsent(victim, true) != null) {
      return false;
    }
    victim.kill();
    long away = random.nextInt(3_000);
    revival.execute(
        () -> {
          pause(away);
          try {
            victim.start();
          } catch (IOException | RuntimeException | Error e) {
            failures.add(e);
          }
          down.remove(victim);
        });
    return true;
  }

  private boolean fills(Event event) throws IOException {
    LogSite.Victim owner =
        victims.get(event == Event.FILL_SENDER ? Event.KILL_SENDER : Event.KILL_RECEIVER);
    SmallDisk disk = disks.get(event);
    if (!disk.isMounted() || down.containsKey(owner)) {
      return false;
    }
    disk.fill();
    log.write(100);
    pause(1_000);
    disk.free();
    return true;
  }

  private void givenANodeARelayAReceiverOpenSearchAndRsyslog() throws Exception {
    disks.put(Event.FILL_SENDER, disk(site.chosha));
    disks.put(Event.FILL_RECEIVER, disk(site.cloud));
    log = new BusyLog(Files.createDirectories(folder.resolve("業務 ログ")).resolve("app.log"), random);
    site.start(folder, log.file());
    victims.put(Event.KILL_SENDER, LogSite.victim(site.chosha));
    victims.put(Event.KILL_RELAY, LogSite.victim(site.relay));
    victims.put(Event.KILL_RECEIVER, LogSite.victim(site.cloud));
    victims.put(Event.KILL_OPENSEARCH, LogSite.victim(site.search::kill, site.search::start));
    if (site.rsyslog != null) {
      victims.put(Event.KILL_RSYSLOG, LogSite.victim(site.rsyslog::kill, site.rsyslog::start));
    }
  }

  private static SmallDisk disk(NodeProcess node) throws IOException {
    return new SmallDisk(Files.createDirectories(node.data()), DISK_MIB);
  }

  private void allIsWellAgain() throws IOException {
    log.complete();
    await(Duration.ofMinutes(5), "everything is started again", down::isEmpty);
    assertThat(failures).isEmpty();
    await(Duration.ofMinutes(10), "the sender has sent all", this::everybodyHasAll);
  }

  private void whenAllIsWellAgain() throws IOException {
    allIsWellAgain();
    await(
        Duration.ofMinutes(5),
        "the receiver has as much",
        () -> received().size() >= log.written().size());
    site.chosha.exec("logship:gaps " + CODE).expect(0);
  }

  private boolean everybodyHasAll() {
    Shell.Result answer = site.chosha.exec("logship:status " + CODE + " --json");
    if (answer.status() != 0) {
      return false;
    }
    Map<String, Set<Path>> found = new HashMap<>();
    long size = log.file().toFile().length();
    for (JsonNode row : json(answer)) {
      Path place = Path.of(row.path("place").asText());
      if (row.path("waiting").asLong() > 0 || !row.path("problem").asText().isEmpty()) {
        behind = row.toString();
        return false;
      }
      if (!place.equals(log.file()) || row.path("bytes").asLong() == size) {
        found.computeIfAbsent(row.path("destination").asText(), d -> new HashSet<>()).add(place);
      }
    }
    // Nothing waits for a file that was not found yet, and each destination finds it by itself.
    Set<Path> there = log.files();
    behind = found + " instead of " + there;
    return found.size() == site.destinations()
        && found.values().stream().allMatch(f -> f.containsAll(there));
  }

  private JsonNode received() {
    return json(site.cloud.exec("logship:search " + CODE + " --limit 10000000 --json").expect(0));
  }

  private static JsonNode json(Shell.Result answer) {
    try {
      return new ObjectMapper().readTree(answer.out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void thenTheReceiverHasEachLineOnce() {
    List<String[]> events = new ArrayList<>();
    received()
        .forEach(
            e ->
                events.add(
                    new String[] {
                      e.path("stream").asText(), e.path("offset").asText(), e.path("text").asText()
                    }));
    thenEachLineIsThereOnce("receiver", events);
  }

  private void thenOpenSearchHasEachLineOnce() throws IOException {
    List<String[]> events = new ArrayList<>();
    site.search.documents("kiban-" + CODE + "-*").forEach(line -> events.add(line.split(" ", 3)));
    thenEachLineIsThereOnce("OpenSearch", events);
  }

  private void thenEachLineIsThereOnce(String where, List<String[]> events) {
    Map<String, String> last = new HashMap<>();
    List<String> texts = new ArrayList<>();
    for (String[] event : events) {
      texts.add(event[2]);
      String before = last.put(event[0], event[2]);
      assertThat(before == null || before.compareTo(event[2]) < 0)
          .as("%s: order of %s: %s after %s", where, event[0], event[2], before)
          .isTrue();
    }
    HashSet<String> once = new HashSet<>();
    assertThat(texts.stream().filter(t -> !once.add(t)).toList()).as(where + ": doubled").isEmpty();
    HashSet<String> lost = new HashSet<>(log.written());
    lost.removeAll(once);
    assertThat(lost).as(where + ": lost").isEmpty();
    once.removeAll(new HashSet<>(log.written()));
    assertThat(once).as(where + ": garbled").isEmpty();
  }

  /** Of each kill one line may be torn in rsyslog's own file. */
  private void thenSyslogHasNothingGarbled() throws IOException {
    if (site.rsyslog == null) {
      return;
    }
    HashSet<String> right = new HashSet<>(log.written());
    HashSet<String> seen = new HashSet<>();
    int strange = 0;
    int repeated = 0;
    for (String line : site.rsyslog.received()) {
      Matcher message = SYSLOG.matcher(line);
      if (!message.matches() || !right.contains(message.group(3))) {
        strange++;
      } else if (!seen.add(message.group(1) + ' ' + message.group(2))) {
        repeated++;
      }
    }
    System.out.printf(
        "LogsExactlyOnceIT: syslog, which promises nothing: %d of %d lines, %d lost, %d repeated%n",
        seen.size(), right.size(), right.size() - seen.size(), repeated);
    assertThat(strange).isLessThanOrEqualTo(happened.getOrDefault(Event.KILL_RSYSLOG, 0));
  }
}

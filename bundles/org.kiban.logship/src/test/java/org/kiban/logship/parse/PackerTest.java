package org.kiban.logship.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.kiban.core.KibanException;
import org.kiban.logship.Declaration;
import org.kiban.logship.mask.Mask;
import org.kiban.logship.parse.Packer.Tail;
import org.kiban.logship.ship.Origin;
import org.kiban.logship.ship.Position;
import org.kiban.logship.ship.Segment;
import org.kiban.logship.ship.SourceId;

class PackerTest {

  private static final Charset CP932 = Charset.forName("windows-31j");
  private static final Origin ORIGIN =
      new Origin(new SourceId("0123456789abcdef0123456789abcdef"), "gyomu", "a", Instant.EPOCH);

  private final List<String> events = new ArrayList<>();
  private final List<Long> offsets = new ArrayList<>();

  private Optional<Segment> pack(String declaration, byte[] raw, Tail tail) {
    Profile profile = Profile.of(Declaration.parse("etc/x", ("gyomu " + declaration).strip()));
    Packer packer = new Packer(profile, new Mask(List.of(Pattern.compile("秘密"))));
    Optional<Segment> segment =
        packer.pack(ORIGIN, Position.START, Arrays.copyOf(raw, raw.length + 1), raw.length, tail);
    events.clear();
    offsets.clear();
    segment.ifPresent(
        s ->
            s.forEach(
                (offset, body, start, length) -> {
                  events.add(new String(body, start, length, StandardCharsets.UTF_8));
                  offsets.add(offset);
                }));
    return segment;
  }

  private Optional<Segment> pack(String declaration, String raw, Tail tail) {
    return pack(declaration, raw.getBytes(StandardCharsets.UTF_8), tail);
  }

  @Test
  void takesWholeLinesOnly() {
    Segment segment = pack("", "一行目\n二行目 123456789018\n三", Tail.OPEN).orElseThrow();

    assertThat(events).containsExactly("一行目", "二行目 ************");
    assertThat(offsets).containsExactly(0L, 10L);
    assertThat(segment.after().offset()).isEqualTo(33);
    assertThat(segment.after().events()).isEqualTo(2);
    assertThat(pack("", "三", Tail.OPEN)).isEmpty();
    assertThat(pack("", "三", Tail.QUIET)).isEmpty();
    assertThat(pack("", "", Tail.ENDED)).isEmpty();
  }

  @Test
  void takesALastLineWithoutLineFeedOnceNothingCanFollow() {
    Segment segment = pack("", "一\n二", Tail.ENDED).orElseThrow();

    assertThat(events).containsExactly("一", "二");
    assertThat(segment.after().offset()).isEqualTo(7);
  }

  @Test
  void cutsALineThatIsTooLongBetweenCharactersAndNotInANumber() {
    byte[] torn = Arrays.copyOf("漢字漢字".getBytes(StandardCharsets.UTF_8), 11);

    assertThat(pack("", torn, Tail.MORE).orElseThrow().after().offset()).isEqualTo(9);
    assertThat(events).containsExactly("漢字漢");
    assertThat(pack("", "x 1234567890", Tail.MORE).orElseThrow().after().offset()).isEqualTo(2);
  }

  @Test
  void readsJapaneseCharsetsAndCountsTheirOwnBytes() {
    for (String name : List.of("windows-31j", "euc-jp", "iso-2022-jp")) {
      byte[] raw = "表示ソ能①\n個人１２３４５６７８９０１８\n".replace("①", "1").getBytes(Charset.forName(name));
      Segment segment = pack("charset=" + name, raw, Tail.OPEN).orElseThrow();

      assertThat(events).containsExactly("表示ソ能1", "個人＊＊＊＊＊＊＊＊＊＊＊＊");
      assertThat(segment.after().offset()).isEqualTo(raw.length);
      assertThat(offsets.get(1)).isEqualTo("表示ソ能1\n".getBytes(Charset.forName(name)).length);
    }
  }

  @Test
  void joinsTheLinesOfAnEventAndWaitsForItsEnd() {
    String log = "2026/11/23 10:00:00 失敗\n  at a\n  at b\n2026/11/23 10:00:01 秘密\n  at c\n";
    String how = "profile=multi-line first-line=\"^\\d{4}/\" time=\"yyyy/MM/dd HH:mm:ss\"";

    assertThat(pack(how, log, Tail.OPEN).orElseThrow().events()).isEqualTo(1);
    assertThat(events)
        .containsExactly(
            "{\"@timestamp\":\"2026-11-23T01:00:00Z\","
                + "\"message\":\"2026/11/23 10:00:00 失敗\\n  at a\\n  at b\"}");
    assertThat(pack(how, log, Tail.QUIET).orElseThrow().events()).isEqualTo(2);
    assertThat(events.get(1)).contains("******").doesNotContain("秘密");
    assertThat(offsets).containsExactly(0L, 41L);
    assertThat(pack(how, "2026/11/23 10:00:00 x\n", Tail.OPEN)).isEmpty();
  }

  @Test
  void takesJsonApartAndHidesInsideOfIt() {
    pack(
        "profile=json time=iso time-field=t",
        "{\"t\":\"2026-11-23T10:00:00+09:00\",\"n\":123456789018,"
            + "\"u\":\"\\uff11\\uff12\\uff13\\uff14\\uff15\\uff16\\uff17\\uff18\\uff19\\uff10\\uff11\\uff18\"}\n"
            + "no json 123456789018\n{\"t\":\"yesterday\"}\n\n[1]\n",
        Tail.OPEN);

    assertThat(events)
        .containsExactly(
            "{\"@timestamp\":\"2026-11-23T01:00:00Z\",\"fields\":"
                + "{\"t\":\"2026-11-23T10:00:00+09:00\",\"n\":\"************\",\"u\":\"＊＊＊＊＊＊＊＊＊＊＊＊\"}}",
            "{\"message\":\"no json ************\",\"unparsed\":\"json\"}",
            "{\"fields\":{\"t\":\"yesterday\"},\"unparsed\":\"time\"}",
            "{\"message\":\"\",\"unparsed\":\"json\"}",
            "{\"message\":\"[1]\",\"unparsed\":\"json\"}");
  }

  @Test
  void takesCsvApartAndKeepsWhatDoesNotFit() {
    byte[] raw = "1763859600,\"髙橋, 花子\",ok\r\nx\n".getBytes(CP932);
    pack(
        "profile=csv charset=windows-31j columns=at,name,result time=epoch-seconds time-field=at",
        raw,
        Tail.OPEN);

    assertThat(events.get(0))
        .startsWith("{\"@timestamp\":\"2025-11-23T01:00:00Z\"")
        .contains("\"name\":\"髙橋, 花子\"");
    assertThat(events.get(1)).isEqualTo("{\"message\":\"x\",\"unparsed\":\"columns\"}");
  }

  @Test
  void leavesToTheNextSegmentWhatWouldGrowTooLarge() {
    Segment segment = pack("profile=json", "\n".repeat(400_000), Tail.MORE).orElseThrow();

    assertThat(segment.body().remaining()).isBetween(2 << 20, 3 << 20);
    assertThat(segment.after().offset()).isEqualTo(segment.events()).isLessThan(400_000);
  }

  @Test
  void marksBytesThatAreNotOfTheCharset() {
    pack("time=iso", new byte[] {'a', (byte) 0xff, '\n'}, Tail.OPEN);

    assertThat(events).containsExactly("{\"message\":\"a\ufffd\",\"unparsed\":\"charset\"}");
  }

  @Test
  void refusesWhatCannotBeUsedByName() {
    for (String wrong :
        List.of(
            "profile=xml",
            "charset=utf-16",
            "profile=multi-line",
            "profile=multi-line first-line=\"(\"",
            "time=QQQQQQQ",
            "time=iso zone=Tokyo",
            "profile=json time=iso",
            "separator=ab")) {
      assertThatThrownBy(() -> pack(wrong, "x\n", Tail.OPEN))
          .isInstanceOf(KibanException.class)
          .hasMessageContaining("gyomu");
    }
  }
}

package org.kiban.itests.demo;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A made-up file of addressees as a legacy system writes it (CP932, CRLF, no quotes), and what must
 * become of it. The same seed gives the same bytes; nobody in it lives.
 */
final class AddresseeFile {

  private static final Charset CP932 = Charset.forName("windows-31j");
  private static final List<String> HEADER =
      List.of("宛名番号", "氏名", "氏名カナ", "生年月日", "性別", "市区町村コード", "住所", "異動区分", "異動日");
  private static final String[][] FAMILY = {
    {"佐藤", "サトウ"}, {"髙橋", "タカハシ"}, {"山﨑", "ヤマサキ"}, {"渡邊", "ワタナベ"}, {"小野", "オノ"},
    {"表", "オモテ"}, {"三宅", "ミヤケ"}, {"難波", "ナンバ"}, {"藤原", "フジワラ"}, {"十河", "ソゴウ"}
  };
  private static final String[][] GIVEN = {
    {"太郎", "タロウ"}, {"花子", "ハナコ"}, {"一", "ハジメ"}, {"美咲", "ミサキ"}, {"健", "ケン"},
    {"恵", "メグミ"}, {"翔", "ショウ"}, {"あかり", "アカリ"}, {"ソフィー", "ソフィー"}, {"進", "ススム"}
  };
  private static final String[] TOWNS = {"本町", "中央", "水島", "玉島", "栗林町", "屋島", "ノ割", "表町"};

  private final StringBuilder legacy = new StringBuilder();
  private final StringBuilder standard = new StringBuilder();
  private final Map<String, Integer> bad = new TreeMap<>();
  private final Random random;
  private final String code;
  private long serial;

  /**
   * Makes a file.
   *
   * @param code the municipality's
   * @param first the first addressee's serial number
   * @param rows how many rows, the bad ones among them
   * @param badEvery every so many rows one is bad, in turn with E0001 to E0004; 0 for none
   */
  AddresseeFile(String code, long first, int rows, int badEvery) {
    this.code = code;
    this.serial = first;
    this.random = new Random(first);
    write(legacy, HEADER, false);
    write(standard, HEADER, true);
    for (int row = 1; row <= rows; row++) {
      String[] cells = person();
      if (badEvery > 0 && row % badEvery == 0) {
        spoil(cells, row / badEvery);
      } else {
        write(standard, Arrays.asList(cells), true);
      }
      write(legacy, Arrays.asList(cells), false);
    }
  }

  private String[] person() {
    String[] family = FAMILY[random.nextInt(FAMILY.length)];
    String[] given = GIVEN[random.nextInt(GIVEN.length)];
    LocalDate born = LocalDate.of(1930, 1, 1).plusDays(random.nextInt(32_000));
    String kind = List.of("1", "2", "9").get(random.nextInt(3));
    String changed =
        kind.equals("1") ? "" : LocalDate.of(2026, 4, 1).plusDays(random.nextInt(200)).toString();
    return new String[] {
      number(serial++),
      family[0] + "　" + given[0],
      family[1] + "　" + given[1],
      born.toString(),
      random.nextBoolean() ? "1" : "2",
      code,
      TOWNS[random.nextInt(TOWNS.length)] + wide(1 + random.nextInt(9)) + "丁目",
      kind,
      changed
    };
  }

  private void spoil(String[] cells, int which) {
    switch (which % 8) {
      case 0 -> spoil(cells, 1, "", "E0001"); // no name
      case 1 -> spoil(cells, 0, otherDigit(cells[0]), "E0002"); // check digit
      case 2 -> spoil(cells, 1, "あ".repeat(81), "E0003"); // a name too long
      case 3 -> change(cells, "9", ""); // deleted, but when?
      case 4 -> spoil(cells, 3, "", "E0001"); // no date of birth
      case 5 -> spoil(cells, 3, "1985-02-30", "E0002"); // no such day
      case 6 -> spoil(cells, 6, "町".repeat(201), "E0003"); // an address too long
      default -> change(cells, "2", "1929-12-31"); // changed before birth
    }
  }

  private void spoil(String[] cells, int column, String value, String why) {
    cells[column] = value;
    bad.merge(why, 1, Integer::sum);
  }

  private void change(String[] cells, String kind, String day) {
    cells[7] = kind;
    spoil(cells, 8, day, "E0004");
  }

  private static void write(StringBuilder target, List<String> cells, boolean quoted) {
    String quote = quoted ? "\"" : "";
    target.append(
        cells.stream().map(c -> quote + c + quote).collect(Collectors.joining(",", "", "\r\n")));
  }

  /** 宛名番号: a serial of 14 digits and its check digit, modulus 11, weights 2 to 7 from the right. */
  static String number(long serial) {
    String digits = "%014d".formatted(serial);
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      sum += (digits.charAt(digits.length() - 1 - i) - '0') * (i % 6 + 2);
    }
    int rest = sum % 11;
    return digits + (rest < 2 ? 0 : 11 - rest);
  }

  private static String otherDigit(String number) {
    int last = number.charAt(14) - '0';
    return number.substring(0, 14) + (last + 1) % 10;
  }

  private static char wide(int digit) {
    return (char) ('０' + digit);
  }

  /** The file as it arrives. */
  byte[] arriving() {
    return legacy.toString().getBytes(CP932);
  }

  /** The file as every consumer must get it: UTF-8, quoted, without the bad rows. */
  byte[] expected() {
    return standard.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Bad rows by code. */
  Map<String, Integer> bad() {
    return bad;
  }

  /** How many rows are bad. */
  int badRows() {
    return bad.values().stream().mapToInt(Integer::intValue).sum();
  }
}

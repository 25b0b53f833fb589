package org.kiban.exchange;

import org.kiban.core.MessageCode;

/** What the linkage says to operators. */
public enum ExchangeMessage implements MessageCode {
  /** A declaration is wrong. */
  DECLARATION_REFUSED("KBN-EXCHANGE-001"),

  /** The file has no bytes. */
  FILE_EMPTY("KBN-EXCHANGE-020"),
  /** The file is larger than declared. */
  FILE_TOO_MANY_BYTES("KBN-EXCHANGE-021"),
  /** The file has more rows than declared. */
  FILE_TOO_MANY_ROWS("KBN-EXCHANGE-022"),
  /** The file has fewer rows than declared. */
  FILE_TOO_FEW_ROWS("KBN-EXCHANGE-023"),
  /** Rows are wrong and the interface delivers all or nothing. */
  FILE_ALL_OR_NOTHING("KBN-EXCHANGE-024"),
  /** A byte order mark is required. */
  BOM_MISSING("KBN-EXCHANGE-025"),
  /** The byte order mark is that of another charset. */
  BOM_OF_OTHER_CHARSET("KBN-EXCHANGE-026"),
  /** A byte order mark is not allowed. */
  BOM_NOT_ALLOWED("KBN-EXCHANGE-027"),
  /** A quotation mark is open at the end of the file. */
  QUOTE_NOT_CLOSED("KBN-EXCHANGE-028"),
  /** A row is longer than the limit. */
  ROW_TOO_LONG("KBN-EXCHANGE-029"),
  /** The header cannot be read. */
  HEADER_UNREADABLE("KBN-EXCHANGE-030"),
  /** The header has another number of columns. */
  HEADER_CELLS("KBN-EXCHANGE-031"),
  /** The header has another name. */
  HEADER_NAME("KBN-EXCHANGE-032"),
  /** The header cannot be written in the output's charset. */
  HEADER_NOT_IN_CHARSET("KBN-EXCHANGE-033"),
  /** The last record is not complete. */
  RECORD_TORN("KBN-EXCHANGE-034"),
  /** The file has no header. */
  HEADER_MISSING("KBN-EXCHANGE-035"),

  /** The row has another number of cells. */
  ROW_CELLS("KBN-EXCHANGE-050"),
  /** A quotation mark stands where none may. */
  CELL_STRAY_QUOTE("KBN-EXCHANGE-051"),
  /** The row ends in another newline. */
  ROW_NEWLINE("KBN-EXCHANGE-052"),
  /** The record has another length. */
  RECORD_LENGTH("KBN-EXCHANGE-053"),
  /** The cell would need quotation marks. */
  CELL_NEEDS_QUOTES("KBN-EXCHANGE-054"),
  /** The cell is empty. */
  CELL_MISSING("KBN-EXCHANGE-055", "E0001"),
  /** The bytes are no character. */
  CELL_MALFORMED("KBN-EXCHANGE-056", "E0002"),
  /** The cell holds NUL. */
  CELL_NUL("KBN-EXCHANGE-057", "E0002"),
  /** The output's charset has no such character. */
  CELL_NOT_IN_CHARSET("KBN-EXCHANGE-058", "E0002"),
  /** The cell holds a control character. */
  CELL_CONTROL("KBN-EXCHANGE-059", "E0002"),
  /** Not all is half-width. */
  CELL_NOT_HALF("KBN-EXCHANGE-060", "E0002"),
  /** Not all is full-width. */
  CELL_NOT_FULL("KBN-EXCHANGE-061", "E0002"),
  /** Not all are digits. */
  CELL_NOT_DIGITS("KBN-EXCHANGE-062", "E0002"),
  /** No number. */
  CELL_NOT_NUMBER("KBN-EXCHANGE-063", "E0002"),
  /** No date. */
  CELL_NOT_DATE("KBN-EXCHANGE-064", "E0002"),
  /** No time. */
  CELL_NOT_TIME("KBN-EXCHANGE-065", "E0002"),
  /** No year. */
  CELL_NOT_YEAR("KBN-EXCHANGE-066", "E0002"),
  /** No Base64. */
  CELL_NOT_BASE64("KBN-EXCHANGE-067", "E0002"),
  /** A value that the code list does not have. */
  CELL_CODE("KBN-EXCHANGE-068", "E0002"),
  /** A wrong check digit. */
  CELL_CHECK_DIGIT("KBN-EXCHANGE-069", "E0002"),
  /** Too many characters. */
  CELL_TOO_LONG("KBN-EXCHANGE-070", "E0003"),
  /** Too few characters. */
  CELL_TOO_SHORT("KBN-EXCHANGE-071", "E0003"),
  /** Too many digits behind the point. */
  CELL_SCALE("KBN-EXCHANGE-072", "E0003"),
  /** Too many bytes for the column of a fixed-length record. */
  CELL_TOO_WIDE("KBN-EXCHANGE-073", "E0003"),
  /** A key that was there before. */
  ROW_KEY_TWICE("KBN-EXCHANGE-074", "E0004"),
  /** Empty where another column asks for a value. */
  RULE_REQUIRE("KBN-EXCHANGE-075", "E0004"),
  /** A value where another column forbids one. */
  RULE_FORBID("KBN-EXCHANGE-076", "E0004"),
  /** Later than another. */
  RULE_NOT_AFTER("KBN-EXCHANGE-077", "E0004"),

  /** No YAML. */
  YAML_SYNTAX("KBN-EXCHANGE-101"),
  /** Not UTF-8. */
  YAML_NOT_UTF8("KBN-EXCHANGE-102"),
  /** An anchor or alias. */
  YAML_ANCHOR("KBN-EXCHANGE-103"),
  /** A key that was there before. */
  YAML_KEY_TWICE("KBN-EXCHANGE-104"),
  /** Too deep, or more than one document. */
  YAML_TOO_DEEP("KBN-EXCHANGE-105"),
  /** A field that there is not. */
  FIELD_UNKNOWN("KBN-EXCHANGE-106"),
  /** A field that must be there. */
  FIELD_MISSING("KBN-EXCHANGE-107"),
  /** Another kind of value. */
  FIELD_TYPE("KBN-EXCHANGE-108"),
  /** None of the words. */
  FIELD_ENUM("KBN-EXCHANGE-109"),
  /** Another form. */
  FIELD_PATTERN("KBN-EXCHANGE-110"),
  /** Too small, short or few. */
  FIELD_AT_LEAST("KBN-EXCHANGE-111"),
  /** Too large, long or many. */
  FIELD_AT_MOST("KBN-EXCHANGE-112"),
  /** Wrong in another way. */
  FIELD_WRONG("KBN-EXCHANGE-113"),
  /** The id is not the file's name. */
  ID_NOT_FILE_NAME("KBN-EXCHANGE-114"),
  /** A column that is not declared. */
  COLUMN_UNKNOWN("KBN-EXCHANGE-115"),
  /** A name that was there before. */
  NAME_TWICE("KBN-EXCHANGE-116"),
  /** A field that the column's type does not have. */
  NOT_FOR_TYPE("KBN-EXCHANGE-117"),
  /** A check digit of a number of another length. */
  CHECK_LENGTH("KBN-EXCHANGE-118"),
  /** A rule that is none. */
  RULE_FORM("KBN-EXCHANGE-119"),
  /** An order between columns that have none. */
  RULE_TYPES("KBN-EXCHANGE-120"),
  /** Nothing gives the sequence. */
  NO_SEQUENCE("KBN-EXCHANGE-121"),
  /** More or less than one character. */
  NOT_ONE_CHARACTER("KBN-EXCHANGE-122"),
  /** A replacement that the output cannot hold either. */
  REPLACEMENT_CHARSET("KBN-EXCHANGE-123"),
  /** Binary on one side only. */
  BINARY_BOTH("KBN-EXCHANGE-124"),
  /** Columns of bytes that nobody looks into. */
  BINARY_COLUMNS("KBN-EXCHANGE-125"),
  /** CSV without newlines. */
  NEWLINE_NONE("KBN-EXCHANGE-126"),
  /** What the charset does not have. */
  NOT_FOR_CHARSET("KBN-EXCHANGE-127"),
  /** Fixed-length records with a header. */
  FIXED_HEADER("KBN-EXCHANGE-128"),
  /** A header of names that are not declared. */
  HEADER_COLUMNS("KBN-EXCHANGE-129");

  private final String code;
  private final String rowCode;

  ExchangeMessage(String code) {
    this(code, code);
  }

  ExchangeMessage(String code, String rowCode) {
    this.code = code;
    this.rowCode = rowCode;
  }

  @Override
  public String code() {
    return code;
  }

  /** What a report about rows calls it: E0001 to E0004 of 別紙7-2 where they fit, or the code. */
  public String rowCode() {
    return rowCode;
  }
}

package org.kiban.addon.pack;

import java.util.ArrayList;
import java.util.List;
import org.kiban.core.KibanException;
import org.kiban.core.MessageCode;
import org.kiban.core.Outcome;

/** Why a package, a trust file or a revocation list is refused. */
public enum PackMessage implements MessageCode {
  /** File, reason (twice: English, Japanese). */
  NOT_READABLE("KBN-ADDON-001"),
  /** Place, what is wrong (twice: English, Japanese). */
  NOT_A_ZIP("KBN-ADDON-002"),
  /** Place, limit. */
  TOO_LARGE("KBN-ADDON-003"),
  /** Entry, ratio allowed. */
  BOMB("KBN-ADDON-004"),
  /** Entry, reason (twice: English, Japanese). */
  WRONG_NAME("KBN-ADDON-005"),
  /** Entry, the other. */
  DUPLICATE("KBN-ADDON-006"),
  /** Entry, field (twice: English, Japanese). */
  HEADERS_DIFFER("KBN-ADDON-007"),
  /** Entry, feature (twice: English, Japanese). */
  UNSUPPORTED("KBN-ADDON-008"),
  /** Place, offset. */
  HIDDEN_BYTES("KBN-ADDON-009"),
  /** Entry. */
  NOT_A_FILE("KBN-ADDON-010"),
  /** Entry, what is wrong (twice: English, Japanese). */
  DAMAGED("KBN-ADDON-011"),
  /** File, missing entry. */
  UNSIGNED("KBN-ADDON-012"),
  /** Line, reason (twice: English, Japanese). */
  WRONG_LIST("KBN-ADDON-013"),
  /** Entry. */
  MISSING_ENTRY("KBN-ADDON-014"),
  /** Entry. */
  EXTRA_ENTRY("KBN-ADDON-015"),
  /** Entry. */
  CHANGED_ENTRY("KBN-ADDON-016"),
  /** Key id, reason (twice: English, Japanese). */
  WRONG_SIGNATURE("KBN-ADDON-017"),
  /** Key id. */
  UNKNOWN_KEY("KBN-ADDON-018"),
  /** Key id, from, until. */
  KEY_NOT_VALID("KBN-ADDON-019"),
  /** Key id, list. */
  KEY_REVOKED("KBN-ADDON-020"),
  /** Add-on, version, list. */
  PACKAGE_REVOKED("KBN-ADDON-021"),
  /** Entry. */
  FORBIDDEN_ENTRY("KBN-ADDON-022"),
  /** What (twice: English, Japanese). */
  MISSING_PART("KBN-ADDON-023"),
  /** File, line, reason (twice: English, Japanese). */
  WRONG_MANIFEST("KBN-ADDON-024"),
  /** Line, reason (twice: English, Japanese). */
  WRONG_FEATURE("KBN-ADDON-025"),
  /** What, name, prefixes. */
  FOREIGN_NAME("KBN-ADDON-026"),
  /** Bundle, package. */
  FOREIGN_PACKAGE("KBN-ADDON-027"),
  /** Bundle, header, value. */
  FORBIDDEN_HEADER("KBN-ADDON-028"),
  /** Bundle, reason (twice: English, Japanese). */
  WRONG_BUNDLE("KBN-ADDON-029"),
  /** Bundle, package. */
  FORBIDDEN_IMPORT("KBN-ADDON-030"),
  /** Bundle, package, API. */
  UNDECLARED_API("KBN-ADDON-031"),
  /** API, range, version here. */
  API_RANGE("KBN-ADDON-032"),
  /** Kind, value, vendor. */
  BEYOND_GRANT("KBN-ADDON-033"),
  /** Bundle, kind, value. */
  UNDECLARED_USE("KBN-ADDON-034"),
  /** Bundle, service. */
  FORBIDDEN_SERVICE("KBN-ADDON-035"),
  /** Add-on, version, installed version. */
  DOWNGRADE("KBN-ADDON-036"),
  /** Add-on, version. */
  SAME_VERSION("KBN-ADDON-037"),
  /** Reason (twice: English, Japanese). */
  WRONG_SBOM("KBN-ADDON-038"),
  /** File, line, reason (twice: English, Japanese). */
  WRONG_TRUST_FILE("KBN-ADDON-039"),
  /** File, line, reason (twice: English, Japanese). */
  WRONG_REVOCATIONS("KBN-ADDON-040"),
  /** File, number, number in force. */
  OLD_REVOCATIONS("KBN-ADDON-041"),
  /** Key id. */
  NO_SUCH_KEY("KBN-ADDON-042"),
  /** File, reason. */
  NOT_WRITTEN("KBN-ADDON-043");

  private final String code;

  PackMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }

  /** The refusal to throw. Arguments are what a hostile file says, so they are made harmless. */
  KibanException refuse(Object... args) {
    return refuse(null, args);
  }

  /** The refusal to throw, with its technical cause. */
  KibanException refuse(Throwable cause, Object... args) {
    List<Object> shown = new ArrayList<>();
    for (Object arg : args) {
      if (arg instanceof Why why) {
        shown.add(Shown.of(why.en()));
        shown.add(Shown.of(why.ja()));
      } else {
        shown.add(Shown.of(String.valueOf(arg)));
      }
    }
    return new KibanException(cause, Outcome.REFUSED, this, shown.toArray());
  }
}

package org.kiban.addon.swap;

import org.kiban.core.MessageCode;

/** What installing, updating and removing add-ons tells operators. */
public enum SwapMessage implements MessageCode {
  /** Add-on, installed version. */
  ALREADY_INSTALLED("KBN-ADDON-200"),
  /** Add-on. */
  NOT_INSTALLED("KBN-ADDON-201"),
  /** Add-on, version. */
  NOTHING_TO_DO("KBN-ADDON-202"),
  /** Path as typed. */
  NOT_ABSOLUTE("KBN-ADDON-203"),
  /** Nothing. */
  STILL_STARTING("KBN-ADDON-204"),
  /** Add-on, features. */
  NEEDS_FEATURE("KBN-ADDON-205"),
  /** Add-on, bundles. */
  RESTARTS_BASE("KBN-ADDON-206"),
  /** Add-on, what is missing. */
  UNRESOLVED("KBN-ADDON-207"),
  /** Bundle, who has it. */
  BUNDLE_TAKEN("KBN-ADDON-208"),
  /** Bundle, reason. */
  NOT_INSTALLABLE("KBN-ADDON-220"),
  /** Bundle, reason. */
  START_FAILS("KBN-ADDON-221"),
  /** Bundle, seconds. */
  START_HANGS("KBN-ADDON-222"),
  /** Bundle, seconds, thread. */
  START_NEVER_ENDS("KBN-ADDON-223"),
  /** Add-on, version, reason. */
  UNHEALTHY("KBN-ADDON-224"),
  /** Add-on, version, threads. */
  LEAVES_THREADS("KBN-ADDON-225"),
  /** Add-on, version, bundles. */
  LEAVES_LOADERS("KBN-ADDON-226"),
  /** Location. */
  BUNDLE_GONE("KBN-ADDON-227"),
  /** Reason. */
  NOT_WRITABLE("KBN-ADDON-228"),
  /** Add-on. */
  CUT_OFF("KBN-ADDON-229"),
  /** Add-on, code of the reason, what differs. */
  NOT_EXACT("KBN-ADDON-230"),
  /** Add-on, what. */
  LEFT_BEHIND("KBN-ADDON-231"),
  /** Add-on, version, reason. */
  NOT_RUNNING("KBN-ADDON-232"),
  /** Reason. */
  JOURNAL("KBN-ADDON-233"),
  /** Add-on, names of files. */
  FILES_CHANGED("KBN-ADDON-234"),
  /** Add-on, problems. */
  ROLLED_BACK_WITH_TROUBLE("KBN-ADDON-235"),
  /** Reason, seconds. */
  NOT_RECOVERED("KBN-ADDON-236");

  private final String code;

  SwapMessage(String code) {
    this.code = code;
  }

  @Override
  public String code() {
    return code;
  }
}

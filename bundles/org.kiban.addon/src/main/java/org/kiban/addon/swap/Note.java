package org.kiban.addon.swap;

import java.util.List;

/**
 * An entry of the journal.
 *
 * @param transaction numbers the transactions from 1
 * @param at when, ISO-8601
 * @param step how far it has come; null for the beginning
 * @param operation what is done
 * @param id of the add-on
 * @param from what was installed before; null if nothing
 * @param to what is to be installed; null if nothing; only at the beginning
 * @param reason why it was rolled back: code and text
 * @param code why it was rolled back: the code; null in entries of earlier versions
 * @param args what the code's text names
 * @param digest of the node's state: before, at the beginning; afterwards, at the end
 * @param differing what a rollback could not restore
 * @param pauseMillis how long the add-on did not work; only at the end
 * @param leftovers threads and class loaders that an old version left behind
 */
record Note(
    long transaction,
    String at,
    Step step,
    Operation operation,
    String id,
    Addon from,
    Addon to,
    String reason,
    String code,
    List<String> args,
    String digest,
    List<String> differing,
    long pauseMillis,
    List<String> leftovers) {

  Note {
    differing = differing == null ? List.of() : List.copyOf(differing);
    leftovers = leftovers == null ? List.of() : List.copyOf(leftovers);
  }

  boolean isEnd() {
    return step == Step.KEPT || step == Step.ROLLED_BACK;
  }
}

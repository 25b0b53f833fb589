package org.kiban.audit.export;

/**
 * What is certain of an export.
 *
 * @param node whose it is
 * @param entries how many, without a gap from the first
 * @param head the hash of the last
 * @param at when it was signed, by the node's clock
 * @param certificate the subject of the certificate that signed it
 */
record Verified(String node, long entries, String head, String at, String certificate) {}

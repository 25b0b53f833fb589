package org.kiban.addon.pack;

/**
 * An entry of a zip file, whose two headers agree.
 *
 * @param name as stored
 * @param method 0 stored, 8 deflated
 * @param crc of its content
 * @param packed bytes in the zip
 * @param size bytes of its content
 * @param at where its bytes begin
 */
record ZipMember(String name, int method, long crc, long packed, long size, long at) {

  static final int STORED = 0;
  static final int DEFLATED = 8;

  boolean folder() {
    return name.endsWith("/");
  }
}

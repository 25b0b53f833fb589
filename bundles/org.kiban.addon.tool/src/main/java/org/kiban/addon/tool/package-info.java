/**
 * What vendors make add-ons with: packs, signs and verifies, reproducibly, with the classes by
 * which a node decides; and drives a node in a test.
 */
package org.kiban.addon.tool;

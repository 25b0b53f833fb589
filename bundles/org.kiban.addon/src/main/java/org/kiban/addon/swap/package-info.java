/**
 * Installing, updating and removing add-ons as transactions: snapshot, swap, health gate, and then
 * keep or exact rollback (design section 6). The journal alone says what is installed; what the
 * container has is made to agree with it, after a crash and after its cache was wiped too.
 */
package org.kiban.addon.swap;

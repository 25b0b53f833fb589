package org.kiban.core;

/**
 * Whether data is real. A production municipality never exchanges with a verification partner, nor
 * the other way round ({@code domain.md} section 6).
 */
public enum Environment {
  /** 本番系. */
  PRODUCTION,
  /** 検証系. */
  VERIFICATION
}

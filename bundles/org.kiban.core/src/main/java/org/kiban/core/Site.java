package org.kiban.core;

/** Where a node stands ({@code domain.md} section 1). Written in lower case in configuration. */
public enum Site {
  /** 庁舎: the city office. */
  CHOSHA,
  /** ガバメントクラウド: the government cloud. */
  GOVCLOUD,
  /** The second centre. */
  DR,
  /** 縮退運用: minimal service while the cloud or the line is down. */
  DEGRADED
}

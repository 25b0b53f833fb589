package org.kiban.addon.swap;

import org.kiban.core.Bilingual;

/** How far a transaction has come. */
public enum Step implements Bilingual {
  /** The package is in the store and the state before is noted. */
  STORED("記録と保管", "noted and stored"),
  /** The new bundles find everything that they import; nothing running was touched. */
  RESOLVED("依存関係の解決", "resolved"),
  /** The old bundles are out and the new ones started. */
  SWAPPED("入れ替え", "swapped"),
  /** Health is good. */
  HEALTHY("健全性の確認", "healthy"),
  /** It was taken out once and left nothing behind, and is in again. */
  REHEARSED("取り外しの予行", "taken out and put in again"),
  /** It stays. */
  KEPT("確定", "kept"),
  /** Everything is as it was before. */
  ROLLED_BACK("元の状態に復元", "rolled back: as it was before");

  private final Words words;

  Step(String japanese, String english) {
    this.words = new Words(japanese, english);
  }

  @Override
  public Words words() {
    return words;
  }
}

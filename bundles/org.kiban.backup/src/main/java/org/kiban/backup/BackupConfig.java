package org.kiban.backup;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of one municipality's backup. */
@ObjectClassDefinition(name = "バックアップ / Backup")
public @interface BackupConfig {
  /** The municipality; set by the node. */
  @AttributeDefinition(description = "団体コード / the municipality's code")
  String code();

  /** Where the repository lies; empty for the municipality's own directory. */
  @AttributeDefinition(description = "リポジトリの場所 / where the repository lies")
  String location() default "";

  /** Compression of zstd, 1 to 19. */
  @AttributeDefinition(description = "圧縮の段階 / compression level")
  int compression$_$level() default 3;

  /** Whether every piece is decrypted and compared before it is stored. */
  @AttributeDefinition(description = "保存前の検証 / verify before storing")
  boolean verify$_$before$_$store() default true;

  /** Threads that read, compress and encrypt. */
  @AttributeDefinition(description = "作業スレッド数 / worker threads")
  int workers() default 2;

  /** Hours after which health warns of a snapshot's age. */
  @AttributeDefinition(description = "警告する古さ(時間) / age that warns")
  int warn$_$age$_$hours() default 26;

  /** Further repositories to which every snapshot is copied. */
  @AttributeDefinition(description = "写しの保存先 / further repositories that get copies")
  String[] copies() default {};
}

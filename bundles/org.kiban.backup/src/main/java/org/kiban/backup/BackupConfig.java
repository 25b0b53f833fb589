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

  /** The name of the secret with which a remote repository is read and added to. */
  @AttributeDefinition(description = "接続に使う秘密の名前 / name of the secret to connect with")
  String secret() default "";

  /** The name of the secret with which files may be removed; empty for the same. */
  @AttributeDefinition(description = "削除に使う秘密の名前 / name of the secret to remove with")
  String removal$_$secret() default "";

  /** Whether this node may add only, unless it has another secret to remove with. */
  @AttributeDefinition(description = "追記のみ / append-only")
  boolean append$_$only() default false;

  /** Fingerprints of the keys that an SFTP server may show. */
  @AttributeDefinition(description = "SFTP サーバーの鍵の指紋 / fingerprints of the SFTP server's keys")
  String[] sftp$_$host$_$keys() default {};

  /** The region of a bucket. */
  @AttributeDefinition(description = "S3 のリージョン / region of the bucket")
  String s3$_$region() default "us-east-1";

  /** Whether a bucket's name stands in the host's name rather than in the path. */
  @AttributeDefinition(description = "S3 バケット名をホスト名に / bucket in the host's name")
  boolean s3$_$virtual$_$host() default false;

  /** Days for which a bucket keeps what is stored; 0 for not. */
  @AttributeDefinition(description = "S3 オブジェクトロックの日数 / days of object lock")
  int s3$_$lock$_$days() default 0;

  /** How it keeps it. */
  @AttributeDefinition(description = "S3 オブジェクトロックの種類 / mode of object lock")
  String s3$_$lock$_$mode() default "COMPLIANCE";

  /** Limits of what is sent, by time of day. */
  @AttributeDefinition(description = "送信の上限 / limits of sending")
  String[] upload$_$limits() default {};

  /** Limits of what is received, by time of day. */
  @AttributeDefinition(description = "受信の上限 / limits of receiving")
  String[] download$_$limits() default {};

  /** PostgreSQL databases, each a name, an address and the name of a secret. */
  @AttributeDefinition(description = "PostgreSQL のデータベース / PostgreSQL databases")
  String[] postgresql() default {};

  /** PostgreSQL servers that are saved as a whole, written likewise. */
  @AttributeDefinition(description = "PostgreSQL のサーバー全体 / whole PostgreSQL servers")
  String[] postgresql$_$base() default {};

  /** Compression of zstd, 1 to 19. */
  @AttributeDefinition(description = "圧縮の段階 / compression level")
  int compression$_$level() default 1;

  /** Whether every piece is decrypted and compared before it is stored. */
  @AttributeDefinition(description = "保存前の検証 / verify before storing")
  boolean verify$_$before$_$store() default true;

  /** Threads that read, compress and encrypt. */
  @AttributeDefinition(description = "作業スレッド数 / worker threads")
  int workers() default 2;

  /** How much saving, copying and looking for damage stand back: 0 to 19. */
  @AttributeDefinition(description = "優先度を下げる度合い / how much it stands back")
  int niceness() default 15;

  /** Hours after which health warns of a snapshot's age. */
  @AttributeDefinition(description = "警告する古さ(時間) / age that warns")
  int warn$_$age$_$hours() default 26;

  /** Further repositories to which every snapshot is copied. */
  @AttributeDefinition(description = "写しの保存先 / further repositories that get copies")
  String[] copies() default {};
}

package org.kiban.exchange.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of one municipality's linkage. */
@ObjectClassDefinition(name = "庁内データ連携 / Linkage")
public @interface ExchangeConfig {
  /** The municipality; set by the node. */
  @AttributeDefinition(description = "団体コード / the municipality's code")
  String code();

  /** Milliseconds between looks at places where nothing arrived. */
  @AttributeDefinition(description = "到着の確認間隔 / pause between looks when nothing arrives")
  int poll$_$interval$_$ms() default 500;

  /** Files handled together; more make fewer and larger syncs. */
  @AttributeDefinition(description = "まとめて処理する件数 / files handled together")
  int batch$_$files() default 1024;

  /** Threads that read, check, convert and write. */
  @AttributeDefinition(description = "作業スレッド数 / worker threads")
  int workers() default 4;

  /** Files from this size on have a thread of their own. */
  @AttributeDefinition(description = "大きいファイルとみなす大きさ / size from which a file is large")
  long large$_$file$_$bytes() default 8 << 20;

  /** Where clamd looks at arrivals; empty for no scan. */
  @AttributeDefinition(description = "clamd の host:port。空なら検査しない / clamd's host:port")
  String clamd() default "";

  /** Larger files are not sent to clamd, and held. */
  @AttributeDefinition(description = "clamd に送る上限 MiB / most that is sent to clamd, in MiB")
  int clamd$_$max$_$mib() default 100;
}

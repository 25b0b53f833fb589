package org.kiban.route.engine;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of one municipality's routes. */
@ObjectClassDefinition(name = "ルート / Routes")
public @interface RouteConfig {
  /** The municipality; set by the node. */
  @AttributeDefinition(description = "団体コード / the municipality's code")
  String code();

  /** Milliseconds between looks at the folder. */
  @AttributeDefinition(description = "フォルダーの確認間隔 / pause between looks at the folder")
  int scan$_$interval$_$ms() default 500;

  /** Seconds that exchanges in flight have to finish. */
  @AttributeDefinition(description = "排出の時間 / time to finish what is in flight")
  int drain$_$seconds() default 30;

  /** Seconds that a new version is watched. */
  @AttributeDefinition(description = "新しい版の見守り時間 / time that a new version is watched")
  int grace$_$seconds() default 10;

  /** Failed exchanges, in percent, from which a new version is not well. */
  @AttributeDefinition(description = "異常とみなす失敗率 / share of failures that is not well")
  int failure$_$percent() default 50;

  /** Failed exchanges below which that share does not count. */
  @AttributeDefinition(description = "失敗率をみる最小の失敗数 / failures from which the share counts")
  int failure$_$least() default 5;

  /** Versions kept to go back to. */
  @AttributeDefinition(description = "保管する版の数 / versions kept")
  int versions() default 10;
}

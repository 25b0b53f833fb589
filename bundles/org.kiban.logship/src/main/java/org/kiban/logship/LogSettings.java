package org.kiban.logship;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.logship~<code>.cfg.json}: what a municipality ships where. */
@ObjectClassDefinition(name = "ログ管理 / Log shipping")
public @interface LogSettings {

  /** The municipality; set by the node. */
  String code();

  @AttributeDefinition(description = "Where events come from, each: name files=/path key=value")
  String[] sources() default {};

  @AttributeDefinition(description = "Where they go, each: name type=word key=value")
  String[] destinations() default {};

  @AttributeDefinition(description = "Patterns of what is hidden besides 個人番号")
  String[] masks() default {};

  @AttributeDefinition(description = "Milliseconds between two looks at files that rest")
  int poll$_$milliseconds() default 500;

  @AttributeDefinition(
      description = "Seconds that a file must rest until its last line counts as whole")
  int settle$_$seconds() default 5;

  @AttributeDefinition(description = "Days to keep the record of what was sent; 0: for ever")
  int evidence$_$keep$_$days() default 366;

  @AttributeDefinition(description = "Health warns when bytes wait longer than this many minutes")
  int warn$_$minutes() default 15;
}

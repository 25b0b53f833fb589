package org.kiban.update;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.kiban.update.node.cfg.json}: when and how this node takes updates. */
@ObjectClassDefinition(name = "Kiban updates: node")
public @interface UpdateSettings {

  @AttributeDefinition(description = "Folder with the repository, looked at by itself; empty: none")
  String folder() default "";

  @AttributeDefinition(description = "Minutes between two looks at the folder")
  int look$_$minutes() default 60;

  @AttributeDefinition(description = "The zone in which times of windows are meant")
  String zone() default "Asia/Tokyo";

  @AttributeDefinition(description = "Maintenance windows of the node")
  String[] windows() default {};

  @AttributeDefinition(description = "Windows of municipalities: code and window")
  String[] municipality$_$windows() default {};

  @AttributeDefinition(description = "Days without maintenance")
  String[] closed() default {};

  @AttributeDefinition(description = "Whether urgent updates need an approval")
  boolean approve$_$urgent() default true;

  @AttributeDefinition(description = "Whether other updates need an approval")
  boolean approve$_$normal() default true;

  @AttributeDefinition(description = "Whether the node applies what is due by itself")
  boolean automatic() default true;

  @AttributeDefinition(description = "Nodes that go first")
  String[] after$_$nodes() default {};

  @AttributeDefinition(description = "Hours that an update must have been well on those nodes")
  int soak$_$hours() default 24;

  @AttributeDefinition(description = "Health warns when the newest state is older")
  int warn$_$days() default 35;

  @AttributeDefinition(description = "Seconds that a new version of the node may take on trial")
  int trial$_$seconds() default 300;

  @AttributeDefinition(description = "Seconds for which nothing may be missing before it is kept")
  int trial$_$settle$_$seconds() default 20;

  @AttributeDefinition(description = "Whether packages of the operating system are looked at")
  boolean os$_$packages() default false;

  @AttributeDefinition(description = "Sources of security updates: <label>:<version>/<suite>")
  String[] os$_$security() default {"Debian-Security:*", "*-security"};

  @AttributeDefinition(description = "Whether packages of the operating system are applied")
  boolean os$_$apply() default false;

  @AttributeDefinition(description = "The helper of root that applies them")
  String os$_$helper() default "/usr/local/libexec/kiban-apt-helper";

  @AttributeDefinition(description = "Where the helper answers")
  String os$_$socket() default "/run/kiban-apt/socket";

  @AttributeDefinition(description = "Health warns when metadata of security updates is older")
  int os$_$warn$_$days() default 14;
}

package org.kiban.control;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which verbs of our commands which role may call; a verb that stands nowhere is for admin. */
@ObjectClassDefinition(name = "コマンドの権限 / roles of commands")
public @interface ControlConfig {

  /** For every role. */
  @AttributeDefinition(name = "参照の動詞 / verbs that read")
  String[] view$_$verbs() default {
    "list", "show", "status", "trace", "compare", "verify", "digest", "diff", "history", "sources"
  };

  /** For the roles operate and admin. */
  @AttributeDefinition(name = "運用の動詞 / verbs of operators")
  String[] operate$_$verbs() default {
    "create",
    "run",
    "restore",
    "drill",
    "drain",
    "replay",
    "retry",
    "start",
    "stop",
    "export",
    "find",
    "evidence",
    "test"
  };

  /** For the roles integrate and admin. */
  @AttributeDefinition(name = "連携の動詞 / verbs of integrators")
  String[] integrate$_$verbs() default {"plan", "check", "deploy", "rollback", "swap", "test"};
}

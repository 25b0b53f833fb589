package org.kiban.control;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Karaf's command access lists: a command's name and the roles that may call it. A name beginning
 * with an asterisk stands for any beginning.
 */
final class AccessLists {

  private static final String ADMIN = "admin";
  private static final String EVERYONE = "view, operate, integrate, " + ADMIN;

  private final ControlConfig config;

  AccessLists(ControlConfig config) {
    this.config = config;
  }

  /** Of a scope of ours: by verb, which is the name or its last part. */
  Map<String, String> ours() {
    Map<String, Set<String>> roles = new HashMap<>();
    for (String role : List.of("view", "operate", "integrate", ADMIN)) {
      grant(roles, config.view$_$verbs(), role);
    }
    grant(roles, config.operate$_$verbs(), "operate");
    grant(roles, config.operate$_$verbs(), ADMIN);
    grant(roles, config.integrate$_$verbs(), "integrate");
    grant(roles, config.integrate$_$verbs(), ADMIN);
    Map<String, String> list = new HashMap<>(Map.of("*", ADMIN));
    roles.forEach((name, granted) -> list.put(name, String.join(", ", granted)));
    list.put("prepare-session", EVERYONE);
    return list;
  }

  /** Of commands without a scope; the names of scopes among them open subshells. */
  Map<String, String> global() {
    return Map.of("help", EVERYONE, "exit", EVERYONE, "*", ADMIN);
  }

  private static void grant(Map<String, Set<String>> roles, String[] verbs, String role) {
    for (String verb : verbs) {
      roles.computeIfAbsent(verb, v -> new LinkedHashSet<>()).add(role);
      roles.computeIfAbsent("*-" + verb, v -> new LinkedHashSet<>()).add(role);
    }
  }
}

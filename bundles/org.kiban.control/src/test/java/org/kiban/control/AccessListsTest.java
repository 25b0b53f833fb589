package org.kiban.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessListsTest {

  private final Map<String, String> list = new AccessLists(config()).ours();

  @Test
  void everyRoleMayRead() {
    assertThat(list).containsEntry("list", "view, operate, integrate, admin");
    assertThat(list).containsEntry("*-list", "view, operate, integrate, admin");
  }

  @Test
  void aVerbOfTwoRolesIsForBoth() {
    assertThat(list).containsEntry("*-test", "operate, admin, integrate");
  }

  @Test
  void aVerbThatStandsNowhereIsForAdministrators() {
    assertThat(list).doesNotContainKeys("enable", "remove").containsEntry("*", "admin");
  }

  private static ControlConfig config() {
    return new ControlConfig() {
      @Override
      public Class<? extends Annotation> annotationType() {
        return ControlConfig.class;
      }

      @Override
      public String[] view$_$verbs() {
        return new String[] {"list"};
      }

      @Override
      public String[] operate$_$verbs() {
        return new String[] {"retry", "test"};
      }

      @Override
      public String[] integrate$_$verbs() {
        return new String[] {"test"};
      }
    };
  }
}

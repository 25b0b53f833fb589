package org.kiban.security.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.kiban.core.Environment;
import org.kiban.core.Municipalities;
import org.kiban.core.Municipality;
import org.kiban.core.MunicipalityCode;
import org.kiban.core.Site;
import org.kiban.core.keys.NodeSecrets;
import org.kiban.core.keys.Secrets;

/** Completing asks after the secrets of municipalities that are served, and of nobody else. */
class SecretCompleterTest {

  private static final MunicipalityCode KURASHIKI = new MunicipalityCode("332020");

  private final List<MunicipalityCode> asked = new ArrayList<>();

  private final Municipalities onlyKurashiki =
      new Municipalities() {
        @Override
        public List<Municipality> all() {
          return List.of(
              new Municipality(
                  KURASHIKI, "倉敷市", Site.values()[0], Environment.values()[0], new TreeSet<>()));
        }

        @Override
        public Optional<Municipality> find(MunicipalityCode code) {
          return all().stream().filter(m -> m.code().equals(code)).findFirst();
        }

        @Override
        public Municipality require(String code) {
          throw new UnsupportedOperationException();
        }
      };

  private final Secrets secrets =
      new Secrets() {
        @Override
        public List<String> names(MunicipalityCode code) {
          asked.add(code);
          return List.of("mail", "sftp");
        }

        @Override
        public Optional<String> find(MunicipalityCode code, String name) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void put(MunicipalityCode code, String name, String value) {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean remove(MunicipalityCode code, String name) {
          throw new UnsupportedOperationException();
        }
      };

  private final NodeSecrets ofNode =
      new NodeSecrets() {
        @Override
        public List<String> names() {
          return List.of("osaka");
        }

        @Override
        public Optional<String> find(String name) {
          throw new UnsupportedOperationException();
        }

        @Override
        public void put(String name, String value) {
          throw new UnsupportedOperationException();
        }

        @Override
        public boolean remove(String name) {
          throw new UnsupportedOperationException();
        }
      };

  @Test
  void namesThoseOfTheNode() {
    String[] typed = {"secret:remove", "node", ""};

    assertThat(SecretCompleter.names(typed, onlyKurashiki, secrets, ofNode))
        .containsExactly("osaka");
    assertThat(asked).isEmpty();
  }

  @Test
  void namesThoseOfAMunicipalityThatIsServed() {
    String[] typed = {"secret:remove", "332020", ""};

    assertThat(SecretCompleter.names(typed, onlyKurashiki, secrets, ofNode))
        .containsExactly("mail", "sftp");
  }

  @Test
  void doesNotTouchAMunicipalityThatIsNotServed() {
    String[] typed = {"secret:remove", "372013", "12", ""};

    assertThat(SecretCompleter.names(typed, onlyKurashiki, secrets, ofNode)).isEmpty();
    assertThat(asked).isEmpty();
  }
}

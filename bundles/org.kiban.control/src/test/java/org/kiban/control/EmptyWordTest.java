package org.kiban.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.console.parsing.KarafParser;
import org.apache.karaf.shell.support.parsing.DefaultParser;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

class EmptyWordTest {

  private final Parser karaf = new KarafParser(session());
  private final Parser parser = new EmptyWord(karaf);

  @Test
  void karafAloneTakesTheCommandForTheWord() {
    // The reason for the class: when this fails, Karaf has been mended and the class can go.
    ParsedLine line = karaf.parse("municipality:show ", 18, ParseContext.COMPLETE);

    assertThat(line.wordIndex()).isZero();
  }

  @Test
  void anArgumentOfWhichNothingIsTypedIsAnEmptyWord() {
    ParsedLine line = parser.parse("municipality:show ", 18, ParseContext.COMPLETE);

    assertThat(line.word()).isEmpty();
    assertThat(line.wordIndex()).isEqualTo(1);
    assertThat(line.wordCursor()).isZero();
    assertThat(line.words()).containsExactly("municipality:show", "");
    assertThat(line.line()).isEqualTo("municipality:show ");
    assertThat(line.cursor()).isEqualTo(18);
  }

  @Test
  void soIsOneBetweenOthers() {
    ParsedLine line = parser.parse("partner:show  001", 13, ParseContext.COMPLETE);

    assertThat(line.words()).containsExactly("partner:show", "", "001");
    assertThat(line.wordIndex()).isEqualTo(1);
  }

  @Test
  void whatIsTypedQuotedOrExecutedIsAsBefore() {
    for (String text : List.of("municipality:show 33", "municipality:sh", "", " ", "a:b 'c ")) {
      assertSame(text, ParseContext.COMPLETE);
    }
    assertSame("municipality:show ", ParseContext.ACCEPT_LINE);
  }

  private void assertSame(String text, ParseContext context) {
    ParsedLine line = parser.parse(text, text.length(), context);
    ParsedLine before = karaf.parse(text, text.length(), context);

    assertThat(line.words()).as(text).isEqualTo(before.words());
    assertThat(line.word()).as(text).isEqualTo(before.word());
    assertThat(line.wordIndex()).as(text).isEqualTo(before.wordIndex());
  }

  private static Session session() {
    Command command = proxy(Command.class, Map.of("getParser", new DefaultParser()));
    Registry registry = proxy(Registry.class, Map.of("getCommand", command));
    return (Session)
        Proxy.newProxyInstance(
            EmptyWordTest.class.getClassLoader(),
            new Class<?>[] {Session.class},
            (self, method, arguments) ->
                method.getName().equals("resolveCommand") ? arguments[0] : registry);
  }

  private static <T> T proxy(Class<T> type, Map<String, ?> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            EmptyWordTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.get(method.getName())));
  }
}

package org.kiban.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameTest {

  @Test
  void whatWasWrittenIsReadEvenByteByByte() throws IOException {
    // given two frames that arrive one byte at a time
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] text = "倉敷市".getBytes(StandardCharsets.UTF_8);
    new Frame(Frame.Type.OUTPUT, text).writeTo(Channels.newChannel(bytes));
    Frame.exit(4).writeTo(Channels.newChannel(bytes));
    ReadableByteChannel slow = oneByteAtATime(bytes.toByteArray());

    // when, then
    Frame first = Frame.readFrom(slow);
    assertThat(first.type()).isEqualTo(Frame.Type.OUTPUT);
    assertThat(first.content()).isEqualTo(text);
    assertThat(Frame.readFrom(slow).number(0)).isEqualTo(4);
    assertThat(Frame.readFrom(slow)).isNull();
  }

  @Test
  void anEndInsideAFrameIsAnError() {
    byte[] torn = {(byte) Frame.Type.OUTPUT.ordinal(), 0, 0, 0, 9, 'a'};

    assertThatThrownBy(() -> Frame.readFrom(channel(torn))).isInstanceOf(EOFException.class);
  }

  @Test
  void whatIsNoFrameIsRefusedBeforeMemoryIsTaken() {
    byte[] http = "GET / HTTP/1.1".getBytes(StandardCharsets.UTF_8);
    byte[] huge = {0, 0x7f, -1, -1, -1};

    assertThatThrownBy(() -> Frame.readFrom(channel(http))).hasMessageContaining("not a frame");
    assertThatThrownBy(() -> Frame.readFrom(channel(huge))).hasMessageContaining("not a frame");
  }

  @Test
  void aFrameTooShortForItsNumberIsAnError() {
    Frame frame = new Frame(Frame.Type.SIZE, new byte[4]);

    assertThatThrownBy(() -> frame.number(1)).isInstanceOf(IOException.class);
  }

  @Test
  void aRequestKeepsEverything() throws IOException {
    Map<String, String> environment = Map.of("KIBAN_LANG", "ja_JP.UTF-8", "TERM", "");
    Request request = new Request(Request.Kind.EXEC, "echo 倉敷市", environment, 120, 40);

    assertThat(Request.of(request.toFrame())).isEqualTo(request);
  }

  @Test
  void aRequestOfAnotherVersionIsNamedAsSuch() {
    byte[] next = ByteBuffer.allocate(4).putInt(Request.VERSION + 1).array();

    assertThatThrownBy(() -> Request.of(new Frame(Frame.Type.REQUEST, next)))
        .isInstanceOfSatisfying(
            Request.OtherVersion.class,
            e -> assertThat(e.version()).isEqualTo(Request.VERSION + 1));
  }

  @Test
  void aBrokenRequestIsRefused() {
    byte[] longText =
        ByteBuffer.allocate(9).putInt(Request.VERSION).put((byte) 0).putInt(99).array();
    byte[] unknownKind = ByteBuffer.allocate(5).putInt(Request.VERSION).put((byte) 7).array();

    assertThatThrownBy(() -> Request.of(new Frame(Frame.Type.REQUEST, longText)))
        .hasMessageContaining("too long");
    assertThatThrownBy(() -> Request.of(new Frame(Frame.Type.REQUEST, unknownKind)))
        .hasMessageContaining("unknown kind");
    assertThatThrownBy(() -> Request.of(Frame.exit(0))).hasMessageContaining("expected a request");
  }

  private static ReadableByteChannel channel(byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  private static ReadableByteChannel oneByteAtATime(byte[] bytes) {
    return Channels.newChannel(
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(1, len));
          }
        });
  }
}

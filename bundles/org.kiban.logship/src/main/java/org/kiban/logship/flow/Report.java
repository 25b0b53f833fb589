package org.kiban.logship.flow;

import java.util.List;
import org.kiban.logship.ship.Letter;

/** What operators are told of one municipality's logs. */
public final class Report {

  private Report() {}

  /**
   * One stream on its way to one destination.
   *
   * @param destination its name
   * @param source the source's name; empty if there is nothing to send yet
   * @param place where the stream is now
   * @param bytes that it is known to have
   * @param acknowledged bytes that the destination has
   * @param events that these are
   * @param waiting bytes that it does not have yet
   * @param problem what keeps them; empty if nothing does
   */
  public record Status(
      String destination,
      String source,
      String place,
      long bytes,
      long acknowledged,
      long events,
      long waiting,
      String problem) {}

  /**
   * What was sent and what is stored.
   *
   * @param source empty in the sum of a destination
   * @param name of the file
   * @param sent events that were acknowledged to the sender
   * @param stored events that the destination says it has now; -1 if it cannot say
   * @param lostBytes that were deleted before they could be sent
   * @param verdict what the comparison says
   * @param detail what of it, when and why, in English; empty if there is nothing to add
   */
  public record Gap(
      String destination,
      String source,
      String name,
      long sent,
      long stored,
      long lostBytes,
      Verdict verdict,
      String detail) {}

  /** What a comparison says. */
  public enum Verdict {
    /** The destination has what was sent. */
    OK,
    /** It has less. */
    MISSING,
    /** Bytes were gone before they could be sent. */
    LOST,
    /** It has something else. */
    CONTRADICTED,
    /** It refused some of it for good; kept here as dead letters. */
    DEAD,
    /** It cannot say what it has. */
    UNCONFIRMED;

    /** Whether something is not where it should be, as far as anybody can say. */
    public boolean isGap() {
      return this != OK && this != UNCONFIRMED;
    }
  }

  /**
   * An event that a destination refused for good.
   *
   * @param destination its name
   * @param letter the event
   */
  public record Dead(String destination, Letter letter) {}

  /**
   * Something that was checked.
   *
   * @param what the record of what was sent, or a destination
   * @param checked how many entries or streams
   * @param problems in English; empty if everything is as it was
   */
  public record Verified(String what, long checked, List<String> problems) {

    /** Copies the list. */
    public Verified {
      problems = List.copyOf(problems);
    }
  }

  /**
   * What was sent again.
   *
   * @param destination where to
   * @param streams that lacked something
   * @param events that were sent
   */
  public record Replayed(String destination, long streams, long events) {}
}

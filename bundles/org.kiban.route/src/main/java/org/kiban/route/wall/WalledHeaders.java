package org.kiban.route.wall;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeadersMapFactory;
import org.apache.camel.util.CaseInsensitiveMap;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * Makes the headers of messages. The one that names a working copy on disk cannot be set: Camel
 * moves or deletes the file it names, wherever that lies, and no route has a working copy.
 */
final class WalledHeaders implements HeadersMapFactory {

  @Override
  public Map<String, Object> newMap() {
    return new Headers();
  }

  @Override
  public Map<String, Object> newMap(Map<String, Object> map) {
    Headers headers = new Headers();
    headers.putAll(map);
    return headers;
  }

  @Override
  public boolean isInstanceOf(Map<String, Object> map) {
    return map instanceof Headers;
  }

  @Override
  public boolean isCaseInsensitive() {
    return true;
  }

  /** The headers of one message. */
  private static final class Headers extends CaseInsensitiveMap {

    private static final long serialVersionUID = 1L;

    @Override
    public Object put(String name, Object value) {
      if (Exchange.FILE_LOCAL_WORK_PATH.equalsIgnoreCase(name)) {
        throw new KibanException(
            Outcome.REFUSED, WallMessage.FORBIDDEN_OPTION, Exchange.FILE_LOCAL_WORK_PATH, "file");
      }
      return super.put(name, value);
    }

    /** One by one: a sorted map would be taken over without {@link #put}. */
    @Override
    public void putAll(Map<? extends String, ?> map) {
      map.forEach(this::put);
    }
  }
}

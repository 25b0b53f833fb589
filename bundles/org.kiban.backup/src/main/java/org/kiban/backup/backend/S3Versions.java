package org.kiban.backup.backend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.kiban.platform.remote.S3Answers;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * What a bucket that keeps versions still has of objects that were removed or written over. A
 * repository's files are written once, so the oldest version of each is the right one.
 */
final class S3Versions {

  /** A request whose answer is a part of a listing. */
  interface Listing {
    Element page(Map<String, String> query) throws IOException;
  }

  /** Removes one version for good. */
  interface Removal {
    void remove(String key, String version) throws IOException;
  }

  private final Listing listing;
  private final Removal removal;
  private final List<String> newer = new ArrayList<>();
  private final Set<String> broughtBack = new HashSet<>();
  private String key = "";

  S3Versions(Listing listing, Removal removal) {
    this.listing = listing;
    this.removal = removal;
  }

  /**
   * Takes away whatever lies over the oldest versions of the objects with a prefix.
   *
   * @return how many objects are there again as they were
   */
  int bringBack(String prefix) throws IOException {
    Map<String, String> query = new HashMap<>(Map.of("versions", "", "prefix", prefix));
    while (true) {
      Element page = listing.page(query);
      for (Node n = page.getFirstChild(); n != null; n = n.getNextSibling()) {
        if (n instanceof Element entry) {
          take(entry);
        }
      }
      if (!S3Answers.text(page, "IsTruncated").equals("true")) {
        key = "";
        newer.clear();
        return broughtBack.size();
      }
      query.put("key-marker", S3Answers.text(page, "NextKeyMarker"));
      query.put("version-id-marker", S3Answers.text(page, "NextVersionIdMarker"));
    }
  }

  /** Entries come by key, the newest of each first. */
  private void take(Element entry) throws IOException {
    boolean isVersion = entry.getTagName().equals("Version");
    if (!isVersion && !entry.getTagName().equals("DeleteMarker")) {
      return;
    }
    if (!S3Answers.text(entry, "Key").equals(key)) {
      key = S3Answers.text(entry, "Key");
      newer.clear();
    }
    if (isVersion && !newer.isEmpty()) {
      for (String version : newer) {
        removal.remove(key, version);
      }
      newer.clear();
      broughtBack.add(key);
    }
    newer.add(S3Answers.text(entry, "VersionId"));
  }
}

package org.kiban.exchange.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import org.kiban.exchange.declaration.Identity;
import org.kiban.exchange.declaration.Receive;

/** Tells which delivery a file is, and holds it against what its provider says of it. */
final class Identification {

  private Identification() {}

  /** Gives it its key, and holds it against what its provider says of it. */
  static Prepared of(Prepared p) throws IOException {
    Receive receive = p.line().declaration().receive();
    Manifest.Claim claim = new Manifest.Claim(null, null, -1, -1, null);
    if (receive.manifest() != Receive.Manifest.NONE) {
      try {
        Optional<byte[]> manifest = p.arrival().manifest();
        claim = manifest.isPresent() ? Manifest.read(manifest.get()) : claim;
      } catch (IOException e) {
        return p.refused(
            Preparer.refusal(
                LinkageMessage.MANIFEST_UNREADABLE, p.arrival().name(), Problems.reason(e)));
      }
      Prepared.Refusal mismatch = mismatch(p, claim);
      if (mismatch != null) {
        return p.refused(mismatch);
      }
    }
    String sequence = claim.sequence() != null ? claim.sequence() : sequenceInName(p);
    Identity identity = p.line().declaration().identity();
    if (identity == Identity.SEQUENCE && sequence == null) {
      return p.refused(Preparer.refusal(LinkageMessage.NO_SEQUENCE, p.arrival().name()));
    }
    String key =
        switch (identity) {
          case SEQUENCE -> "sequence:" + sequence;
          case FILE_NAME -> "file-name:" + p.arrival().name();
          case CONTENT -> "content:" + p.sha();
        };
    return p.with(new Prepared.Identity(key, sequence));
  }

  private static Prepared.Refusal mismatch(Prepared p, Manifest.Claim claim) {
    String[][] pairs = {
      {"interface", claim.line(), p.lineId()},
      {"bytes", claim.bytes() < 0 ? null : "" + claim.bytes(), "" + p.arrival().size()},
      {"sha256", claim.sha256(), p.sha()},
      {"rows", claim.rows() < 0 ? null : "" + claim.rows(), "" + p.result().rows()},
    };
    for (String[] pair : pairs) {
      if (pair[1] != null && !pair[1].equalsIgnoreCase(pair[2])) {
        return Preparer.refusal(
            LinkageMessage.MANIFEST_MISMATCH, p.arrival().name(), pair[0], pair[1], pair[2]);
      }
    }
    return null;
  }

  private static String sequenceInName(Prepared p) {
    return p.line()
        .declaration()
        .receive()
        .fileName()
        .filter(pattern -> pattern.pattern().contains("(?<sequence>"))
        .map(pattern -> pattern.matcher(p.arrival().name()))
        .filter(Matcher::matches)
        .map(m -> m.group("sequence"))
        .orElse(null);
  }
}

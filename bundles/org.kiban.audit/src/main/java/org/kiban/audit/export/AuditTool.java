package org.kiban.audit.export;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.spi.ToolProvider;
import org.kiban.audit.AuditMessage;
import org.kiban.core.KibanException;
import org.kiban.core.Outcome;

/**
 * {@code bin/kiban audit-verify}: verifies an export of an audit ledger on any machine, with
 * nothing but the file and the certificate of the authority that the node's certificate comes from.
 */
public final class AuditTool implements ToolProvider {

  @Override
  public String name() {
    return "audit-verify";
  }

  @Override
  public int run(PrintWriter out, PrintWriter err, String... args) {
    Locale locale = Locale.getDefault();
    try {
      show(verified(args), out, locale.getLanguage().equals("ja"));
      return 0;
    } catch (KibanException e) {
      err.println(e.describe(locale));
      err.flush();
      return e.outcome().exitStatus();
    }
  }

  private static Verified verified(String... args) {
    if (args.length != 2) {
      throw new KibanException(Outcome.USAGE, AuditMessage.TOOL_USAGE, String.join(" ", args));
    }
    try {
      return Verifier.of(Path.of(args[0]), Path.of(args[1]));
    } catch (IOException e) {
      throw new KibanException(e, Outcome.FAILED, AuditMessage.CANNOT_READ, e.toString());
    }
  }

  private static void show(Verified verified, PrintWriter out, boolean japanese) {
    out.printf(
        japanese
            ? "正しい記録です: ノード %s、%d 件、%s に書き出し、証明書 %s%n末尾のハッシュ %s%n"
            : "genuine: node %s, %d entries, exported at %s, certificate %s%nhead %s%n",
        verified.node(),
        verified.entries(),
        verified.at(),
        verified.certificate(),
        verified.head());
    out.flush();
  }
}

package org.kiban.addon.pack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import org.kiban.core.KibanException;

/**
 * Decides whether a package may be installed. Reads it once, front to back of what is signed, in
 * memory: nothing is written anywhere, so that a refused package leaves no trace. Takes about a
 * second for 50 MB. Safe for any thread.
 */
public final class Verifier {

  /** What is read before anybody's signature was seen. */
  private static final int LONGEST_UNSIGNED = 4 << 20;

  private final TrustStore trust;
  private final Function<String, Optional<AddonVersion>> apis;
  private final Clock clock;
  private final Limits limits;

  /**
   * @param trust whose add-ons are taken
   * @param apis the version here of an API, by the symbolic name of its bundle
   * @param clock for the validity of keys
   * @param limits of packages
   */
  public Verifier(
      TrustStore trust, Function<String, Optional<AddonVersion>> apis, Clock clock, Limits limits) {
    this.trust = trust;
    this.apis = apis;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Verifies a package.
   *
   * @param kar the file
   * @throws KibanException refused, with the reason and the entry or field
   */
  public Verified verify(Path kar) {
    try (FileChannel file = open(kar)) {
      Bytes bytes = Bytes.of(file);
      if (bytes.size() > limits.packageBytes()) {
        throw PackMessage.TOO_LARGE.refuse(kar, limits.packageBytes() + " bytes");
      }
      Budget budget = new Budget(limits);
      ZipArchive zip = ZipArchive.open("", bytes, budget);
      zip.members().forEach(Layout::check);
      byte[] signed = part(kar, zip, EntryList.PATH);
      Seal seal = seal(part(kar, zip, Seal.PATH));
      Signer signer = signer(seal, signed);
      EntryList list = EntryList.parse(signed);
      Parts parts = Parts.read(zip, list, budget, manifest -> judge(signer, list, manifest));
      return new Verified(
          parts.manifest(),
          signer,
          list.entries(),
          parts.bundles(),
          parts.feature().features(),
          kar,
          list.sha256());
    } catch (IOException e) {
      throw PackMessage.NOT_READABLE.refuse(e, kar, Why.of(e.toString()));
    }
  }

  private static FileChannel open(Path kar) throws IOException {
    if (!Files.isRegularFile(kar)) {
      throw PackMessage.NOT_READABLE.refuse(kar, Why.of("no regular file", "通常のファイルではありません"));
    }
    return FileChannel.open(kar, StandardOpenOption.READ);
  }

  private static byte[] part(Path kar, ZipArchive zip, String name) throws IOException {
    Optional<ZipMember> member = zip.find(name);
    if (member.isEmpty()) {
      throw PackMessage.UNSIGNED.refuse(kar.getFileName(), name);
    }
    if (member.get().size() > LONGEST_UNSIGNED) {
      throw PackMessage.TOO_LARGE.refuse(name, LONGEST_UNSIGNED + " bytes");
    }
    return zip.content(member.get());
  }

  private static Seal seal(byte[] content) {
    try {
      return Seal.parse(content);
    } catch (IllegalArgumentException e) {
      throw PackMessage.WRONG_SIGNATURE.refuse(
          "?", Why.of("it is not ed25519 <key id> <base64>", "ed25519 <鍵 ID> <base64> の形ではありません"));
    }
  }

  /** Who signed it; nothing else of the package is believed before. */
  private Signer signer(Seal seal, byte[] signed) {
    TrustedKey key =
        trust.find(seal.keyId()).orElseThrow(() -> PackMessage.UNKNOWN_KEY.refuse(seal.keyId()));
    if (!seal.holds(signed, key.key())) {
      throw PackMessage.WRONG_SIGNATURE.refuse(
          seal.keyId(), Why.of("the list of entries is another one", "エントリ一覧が署名時と違います"));
    }
    Signer signer = key.signer();
    trust.checkRevocations();
    trust.revocations().stream()
        .filter(list -> list.revokes(signer))
        .findFirst()
        .ifPresent(
            list -> {
              throw PackMessage.KEY_REVOKED.refuse(signer.keyId(), shown(list));
            });
    LocalDate today = LocalDate.now(clock);
    if (today.isBefore(signer.from()) || today.isAfter(signer.until())) {
      throw PackMessage.KEY_NOT_VALID.refuse(signer.keyId(), signer.from(), signer.until());
    }
    return signer;
  }

  private static String shown(RevocationList list) {
    return list.issuer() + " #" + list.number();
  }

  private void judge(Signer signer, EntryList list, AddonManifest manifest) {
    trust.revocations().stream()
        .filter(r -> r.revokes(signer, list.sha256(), manifest.id(), manifest.version()))
        .findFirst()
        .ifPresent(
            r -> {
              throw PackMessage.PACKAGE_REVOKED.refuse(manifest.id(), manifest.version(), shown(r));
            });
    new Grants(signer).check(manifest);
    manifest
        .requires()
        .forEach(
            (api, range) -> {
              String here = apis.apply(api).map(AddonVersion::toString).orElse("-");
              if (here.equals("-") || !range.includes(AddonVersion.parse(here))) {
                throw PackMessage.API_RANGE.refuse(api, range, here);
              }
            });
  }

  /**
   * Refuses a package that must not follow what is installed.
   *
   * @param next what is to be installed
   * @param installed the version that is there
   * @param sha256 the {@link Verified#sha256} of what is there
   * @throws KibanException if it is older, or the same version with another content
   */
  public static void checkSuccession(Verified next, AddonVersion installed, String sha256) {
    AddonManifest manifest = next.manifest();
    int order = manifest.version().compareTo(installed);
    if (order < 0) {
      throw PackMessage.DOWNGRADE.refuse(manifest.id(), manifest.version(), installed);
    }
    if (order == 0 && !next.sha256().equals(sha256)) {
      throw PackMessage.SAME_VERSION.refuse(manifest.id(), manifest.version());
    }
  }

  /**
   * Brings the bundles of a verified package out, each named {@code <symbolic name>.jar}, and
   * forces them to the disk. Each is compared with its signed hash again while it is written.
   *
   * @param verified what {@link #verify} returned
   * @param folder an existing folder that nobody else writes to; the caller removes it on failure
   * @throws KibanException if the file is no longer what was verified
   */
  public void unpack(Verified verified, Path folder) {
    Path kar = verified.file();
    try (FileChannel file = open(kar)) {
      ZipArchive zip = ZipArchive.open("", Bytes.of(file), new Budget(limits));
      for (AddonBundle bundle : verified.bundles()) {
        write(folder.resolve(bundle.symbolicName() + ".jar"), Parts.content(zip, bundle.entry()));
      }
    } catch (IOException e) {
      throw PackMessage.NOT_READABLE.refuse(e, kar, Why.of(e.toString()));
    }
  }

  private static void write(Path jar, byte[] content) throws IOException {
    try (FileChannel to =
        FileChannel.open(
            jar,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      java.nio.ByteBuffer left = java.nio.ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        to.write(left);
      }
      to.force(true);
    }
  }
}

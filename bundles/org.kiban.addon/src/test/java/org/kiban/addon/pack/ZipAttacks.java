package org.kiban.addon.pack;

import static org.kiban.addon.pack.HostilePackagesTest.attack;
import static org.kiban.addon.pack.HostilePackagesTest.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kiban.addon.pack.HostilePackagesTest.Attack;

/** Zip files that readers take for different things, that leave their folder or that explode. */
final class ZipAttacks {

  private static final int LINK = 0120777 << 16;
  private static final int DEVICE = 0020666 << 16;
  private static final int FOLDER = 0040755 << 16;

  private ZipAttacks() {}

  static List<Attack> all() {
    List<Attack> all = new ArrayList<>(names());
    all.addAll(clashes());
    all.addAll(places());
    all.addAll(structure());
    all.addAll(headers());
    all.addAll(features());
    all.addAll(sizes());
    all.addAll(contents());
    return all;
  }

  private static Attack zip(String name, PackMessage code, Consumer<RawZip> change) {
    return attack(name, code, f -> f.zip(change));
  }

  private static Attack named(String name, String entry) {
    return zip("name: " + name, PackMessage.WRONG_NAME, z -> z.store(entry, text("x")));
  }

  private static List<Attack> names() {
    return List.of(
        named("zip-slip", "repository/../../etc/users.properties"),
        named("zip-slip at the start", "../etc/users.properties"),
        named("zip-slip at the end", "repository/.."),
        named("absolute", "/etc/passwd"),
        named("drive letter", "C:/kiban/etc/x"),
        named("backslash", "repository\\..\\..\\etc\\x"),
        named("NUL", "LICENSE\u0000.jar"),
        named("escape sequence", "LICENSE\u001b[2J"),
        named("empty", ""),
        named("empty part", "repository//x.jar"),
        named("dot", "repository/./x.jar"),
        named("very long", "repository/" + "x".repeat(600) + ".jar"),
        zip(
            "name: not UTF-8",
            PackMessage.WRONG_NAME,
            z -> z.store("x", text("x")).name = new byte[] {(byte) 0x83, 0x5c}),
        zip(
            "name: UTF-8 without saying so",
            PackMessage.WRONG_NAME,
            z -> z.store("宛名", text("x")).flags = 0));
  }

  private static List<Attack> clashes() {
    return List.of(
        zip("exact duplicate", PackMessage.DUPLICATE, z -> z.store("LICENSE", text("other"))),
        zip("case clash", PackMessage.DUPLICATE, z -> z.store("License", text("other"))),
        zip(
            "clash of composed and decomposed characters",
            PackMessage.DUPLICATE,
            z -> {
              z.store("repository/が.jar", text("x"));
              z.store("repository/か\u3099.jar", text("x"));
            }),
        zip(
            "clash of full-width letters",
            PackMessage.DUPLICATE,
            z -> z.store("ＬＩＣＥＮＳＥ", text("x"))),
        zip("file where a folder is", PackMessage.DUPLICATE, z -> z.store("repository", text("x"))),
        zip(
            "folder where a file is",
            PackMessage.DUPLICATE,
            z -> z.store("LICENSE/x.jar", text("x"))));
  }

  private static List<Attack> places() {
    return List.of(
        zip(
            "link",
            PackMessage.NOT_A_FILE,
            z -> z.store("repository/x.jar", text("/etc")).attributes = LINK),
        zip(
            "device",
            PackMessage.NOT_A_FILE,
            z -> z.store("repository/x.jar", text("")).attributes = DEVICE),
        zip(
            "folder that is named like a file",
            PackMessage.NOT_A_FILE,
            z -> z.store("repository/x.jar", text("")).attributes = FOLDER),
        zip(
            "writes into etc/",
            PackMessage.FORBIDDEN_ENTRY,
            z -> z.store("etc/users.properties", text("x"))),
        attack(
            "resources/, signed",
            PackMessage.FORBIDDEN_ENTRY,
            f -> f.file("resources/etc/users.properties", "admin = admin")),
        attack(
            "KAR manifest, signed",
            PackMessage.FORBIDDEN_ENTRY,
            f -> f.file("META-INF/MANIFEST.MF", "Karaf-Feature-Start: false\n")),
        attack(
            "class beside the bundles, signed",
            PackMessage.FORBIDDEN_ENTRY,
            f -> f.file("repository/X.class", "x")),
        zip("folder entry", PackMessage.FORBIDDEN_ENTRY, z -> z.store("repository/", text(""))));
  }

  private static List<Attack> structure() {
    return List.of(
        zip("prefix", PackMessage.HIDDEN_BYTES, z -> z.prefix = text("#!/bin/sh\nexit\n")),
        zip(
            "prefix that offsets do not count",
            PackMessage.HIDDEN_BYTES,
            z -> {
              z.prefix = text("MZ");
              z.shiftOffsets = true;
            }),
        zip("trailing data", PackMessage.HIDDEN_BYTES, z -> z.suffix = text("more")),
        zip("comment of the file", PackMessage.HIDDEN_BYTES, z -> z.comment = text("PK\5\6")),
        zip(
            "a second zip behind",
            PackMessage.HIDDEN_BYTES,
            z -> {
              RawZip other = new RawZip();
              other.store("addon.yaml", text("id: other"));
              z.prefix = other.toBytes();
            }),
        zip(
            "bytes before the directory",
            PackMessage.HIDDEN_BYTES,
            z -> z.beforeDirectory = text("x")),
        zip("bytes behind the directory", PackMessage.HIDDEN_BYTES, z -> z.beforeEnd = text("x")),
        zip(
            "bytes between entries",
            PackMessage.HIDDEN_BYTES,
            z -> z.parts.get(1).gap = text("xx")),
        zip(
            "entry that only streams see",
            PackMessage.HIDDEN_BYTES,
            z -> z.store("repository/x.jar", text("x")).hidden = true),
        zip(
            "overlapping entries",
            PackMessage.NOT_A_ZIP,
            z -> {
              RawZip.Part first = z.parts.get(0);
              RawZip.Part part = z.store("repository/x.jar", first.data);
              part.sameDataAs = first;
            }),
        zip("wrong count", PackMessage.NOT_A_ZIP, z -> z.countLie = 1),
        zip("several disks", PackMessage.UNSUPPORTED, z -> z.disk = 1),
        zip(
            "zip64 end",
            PackMessage.UNSUPPORTED,
            z -> {
              z.beforeEnd = new byte[20];
              System.arraycopy(new byte[] {0x50, 0x4b, 0x06, 0x07}, 0, z.beforeEnd, 0, 4);
            }));
  }

  private static List<Attack> headers() {
    return List.of(
        zip(
            "another name in the local header",
            PackMessage.HEADERS_DIFFER,
            z -> z.find("LICENSE").localName = text("LICENCE")),
        zip(
            "another method in the local header",
            PackMessage.HEADERS_DIFFER,
            z -> z.parts.get(0).localMethod = 8),
        zip(
            "another size in the local header",
            PackMessage.HEADERS_DIFFER,
            z -> z.parts.get(0).localSize = 1),
        zip(
            "another CRC in the local header",
            PackMessage.HEADERS_DIFFER,
            z -> z.parts.get(0).localCrc = 1),
        zip(
            "other flags in the local header",
            PackMessage.HEADERS_DIFFER,
            z -> z.parts.get(0).localFlags = 1 << 11),
        zip(
            "data descriptor that says otherwise",
            PackMessage.HEADERS_DIFFER,
            z -> {
              RawZip.Part part = z.deflate("repository/x.jar", text("x"));
              part.flags = 1 << 3;
              part.descriptor = new byte[12];
            }),
        zip(
            "data descriptor that is not there",
            PackMessage.HEADERS_DIFFER,
            z -> z.deflate("repository/x.jar", text("x")).flags = 1 << 3));
  }

  private static List<Attack> features() {
    return List.of(
        zip(
            "stored entry of unknown size",
            PackMessage.UNSUPPORTED,
            z -> z.store("repository/x.jar", text("x")).flags = 1 << 3),
        zip("encrypted", PackMessage.UNSUPPORTED, z -> z.parts.get(0).flags = 1),
        zip("strong encryption", PackMessage.UNSUPPORTED, z -> z.parts.get(0).flags = 1 << 6),
        zip("masked headers", PackMessage.UNSUPPORTED, z -> z.parts.get(0).flags = 1 << 13),
        zip("bzip2", PackMessage.UNSUPPORTED, z -> z.parts.get(0).method = 12),
        zip(
            "zip64 field",
            PackMessage.UNSUPPORTED,
            z -> z.parts.get(0).extra = RawZip.field(1, new byte[8])),
        zip(
            "zip64 field in the local header",
            PackMessage.UNSUPPORTED,
            z -> z.parts.get(0).localExtra = RawZip.field(1, new byte[16])),
        zip(
            "second name in an extra field",
            PackMessage.UNSUPPORTED,
            z -> z.parts.get(0).extra = RawZip.field(0x7075, text("xxxxxetc/x"))),
        zip(
            "link in an extra field",
            PackMessage.UNSUPPORTED,
            z -> z.parts.get(0).extra = RawZip.field(0x756e, new byte[14])),
        zip(
            "damaged extra field",
            PackMessage.UNSUPPORTED,
            z -> z.parts.get(0).extra = new byte[] {1, 2, 3}),
        zip(
            "comment of an entry",
            PackMessage.UNSUPPORTED,
            z -> z.parts.get(0).comment = text("x")),
        zip("later zip version", PackMessage.UNSUPPORTED, z -> z.parts.get(0).version = 63));
  }

  private static List<Attack> sizes() {
    return List.of(
        attack("bomb in the package", PackMessage.BOMB, f -> bomb(f, 20 << 20)),
        attack(
            "huge list before the signature",
            PackMessage.TOO_LARGE,
            f -> f.list = l -> new byte[5 << 20]),
        attack("entry above the limit", PackMessage.TOO_LARGE, f -> bomb(f, 33 << 20)),
        attack("bomb in a bundle", PackMessage.BOMB, f -> f.inJar("zeros", new byte[20 << 20])),
        attack(
            "bomb in a library of a bundle",
            PackMessage.BOMB,
            f ->
                f.inJar("lib/x.jar", Forge.jar("", java.util.Map.of("zeros", new byte[20 << 20])))),
        attack(
            "too many entries",
            PackMessage.TOO_LARGE,
            f -> {
              for (int i = 0; i < 50_001; i++) {
                f.inJar("n/" + i, new byte[0]);
              }
            }),
        attack(
            "three archives deep",
            PackMessage.UNSUPPORTED,
            f ->
                f.inJar(
                    "lib/x.jar",
                    Forge.jar("", java.util.Map.of("y.jar", Forge.jar("", java.util.Map.of()))))));
  }

  private static List<Attack> contents() {
    return List.of(
        zip(
            "longer content than its header says",
            PackMessage.DAMAGED,
            z -> {
              RawZip.Part part = deflated(z);
              part.size--;
            }),
        zip(
            "shorter content than its header says",
            PackMessage.DAMAGED,
            z -> {
              RawZip.Part part = deflated(z);
              part.size++;
            }),
        zip(
            "content that does not unpack",
            PackMessage.DAMAGED,
            z -> java.util.Arrays.fill(deflated(z).data, (byte) 0xff)),
        zip(
            "bytes behind the packed content",
            PackMessage.HIDDEN_BYTES,
            z -> {
              RawZip.Part part = deflated(z);
              part.data = java.util.Arrays.copyOf(part.data, part.data.length + 5);
              part.packed += 5;
            }),
        zip("wrong checksum", PackMessage.DAMAGED, z -> deflated(z).crc ^= 1),
        attack(
            "damaged zip inside",
            PackMessage.NOT_A_ZIP,
            f -> f.jar = jar -> java.util.Arrays.copyOf(jar, jar.length / 2)));
  }

  private static void bomb(Forge forge, int size) {
    forge
        .file("NOTICE", "\0".repeat(size))
        .zip(
            z -> {
              z.parts.remove(z.find("NOTICE"));
              z.deflate("NOTICE", new byte[size]);
            });
  }

  /** The list of entries, which is read before anything else, packed anew. */
  private static RawZip.Part deflated(RawZip zip) {
    byte[] content = zip.find(EntryList.PATH).data;
    zip.parts.remove(zip.find(EntryList.PATH));
    return zip.deflate(EntryList.PATH, content);
  }
}

package org.kiban.storage.batch;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The system call {@code syncfs}, which Java lacks. Since Linux 5.8 it tells of writes that failed;
 * before, it swallows them. Only local file systems: one on a network or over another one has its
 * own way with errors.
 */
final class LinuxDisks implements Disks {

  private static final Logger LOG = LoggerFactory.getLogger(LinuxDisks.class);
  private static final Set<String> TYPES =
      Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "tmpfs");
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");
  private static final int DIRECTORY_CLOSED_ON_EXEC = 0200000 | 02000000;

  /** What is called of the C library. */
  interface LibC extends Library {
    /** Opens for reading. */
    int open(String path, int flags) throws LastErrorException;

    /** Syncs the file system. */
    int syncfs(int fd) throws LastErrorException;

    /** Closes. */
    int close(int fd) throws LastErrorException;
  }

  private LibC libc;
  private boolean tried;

  @Override
  public Disk open(Path directory) throws IOException {
    String os = System.getProperty("os.name");
    if (!tells(os, System.getProperty("os.version"))
        || !TYPES.contains(Files.getFileStore(directory).type())) {
      return null;
    }
    LibC c = libc();
    return c == null ? null : open(c, directory);
  }

  /** Whether a kernel's {@code syncfs} tells of writes that failed. */
  static boolean tells(String os, String version) {
    Matcher v = VERSION.matcher(version);
    return os.equals("Linux")
        && v.matches()
        && Integer.parseInt(v.group(1)) * 1000 + Integer.parseInt(v.group(2)) >= 5008;
  }

  private synchronized LibC libc() {
    if (!tried) {
      tried = true;
      try {
        libc =
            Native.load(
                "c",
                LibC.class,
                Map.of(Library.OPTION_STRING_ENCODING, System.getProperty("sun.jnu.encoding")));
      } catch (LinkageError | RuntimeException e) {
        // A temporary folder that nothing may be executed in, a processor without a library: slower
        // is all it is then.
        LOG.debug("files are synced one by one", e);
      }
    }
    return libc;
  }

  private static Disk open(LibC c, Path directory) throws IOException {
    int fd = call(directory, () -> c.open(directory.toString(), DIRECTORY_CLOSED_ON_EXEC));
    return new Disk() {
      @Override
      public void sync() throws IOException {
        call(directory, () -> c.syncfs(fd));
      }

      @Override
      public void close() throws IOException {
        call(directory, () -> c.close(fd));
      }
    };
  }

  private interface Call {
    int make();
  }

  private static int call(Path directory, Call call) throws IOException {
    try {
      return call.make();
    } catch (LastErrorException e) {
      throw new IOException(directory + ": " + e.getMessage(), e);
    }
  }
}

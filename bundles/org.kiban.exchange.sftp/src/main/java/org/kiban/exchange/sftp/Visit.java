package org.kiban.exchange.sftp;

import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_FAILURE;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_OK;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_OP_UNSUPPORTED;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpHelper;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpErrorStatusDataHandler;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemConfigurator;
import org.apache.sshd.sftp.server.SftpSubsystemEnvironment;

/** One SFTP session: version 3 without extensions, and of its requests those that are needed. */
final class Visit extends SftpSubsystem {

  /** Tells clients what they may know: never a path of the node. */
  static final SftpErrorStatusDataHandler ERRORS =
      new SftpErrorStatusDataHandler() {
        @Override
        public int resolveSubStatus(
            SftpSubsystemEnvironment session, int id, Throwable e, int command, Object... args) {
          int status = e instanceof Refused r ? r.status() : SftpHelper.resolveSubstatus(e);
          return status <= SSH_FX_OP_UNSUPPORTED ? status : SSH_FX_FAILURE;
        }

        @Override
        public String resolveErrorMessage(
            SftpSubsystemEnvironment session,
            int id,
            Throwable e,
            int status,
            int command,
            Object... args) {
          return e instanceof Refused r ? r.getMessage() : SftpHelper.resolveStatusMessage(status);
        }
      };

  Visit(ChannelSession channel, SftpSubsystemConfigurator configurator) {
    super(channel, configurator);
  }

  @Override
  protected void doProcess(Buffer buffer, int length, int type, int id) throws IOException {
    switch (type) {
      case SftpConstants.SSH_FXP_SETSTAT, SftpConstants.SSH_FXP_FSETSTAT ->
          // Clients set times and modes after an upload and complain if they cannot.
          sendStatus(prepareReply(buffer), id, SSH_FX_OK, "");
      case SftpConstants.SSH_FXP_EXTENDED,
          SftpConstants.SSH_FXP_READLINK,
          SftpConstants.SSH_FXP_SYMLINK,
          SftpConstants.SSH_FXP_LINK,
          SftpConstants.SSH_FXP_BLOCK,
          SftpConstants.SSH_FXP_UNBLOCK ->
          sendStatus(prepareReply(buffer), id, SSH_FX_OP_UNSUPPORTED, "not supported here");
      default -> super.doProcess(buffer, length, type, id);
    }
  }

  @Override
  protected void appendExtensions(Buffer buffer, String versions) {
    // None: each would be another way to files.
  }

  @Override
  protected void doRealPath(Buffer buffer, int id) throws IOException {
    String path = buffer.getString();
    try {
      // Only text: that of a file which is not there yet is asked for too.
      sendPath(prepareReply(buffer), id, Path.of(Tree.normal(path)), Map.of());
    } catch (IOException | RuntimeException e) {
      sendStatus(prepareReply(buffer), id, e, SftpConstants.SSH_FXP_REALPATH, path);
    }
  }

  /** The client says that it is done; a lost connection closes files in another way. */
  @Override
  protected void doClose(int id, String handle) throws IOException {
    Handle open = handles.get(handle);
    if (open != null) {
      open.setAttribute(Folders.WHOLE, true);
    }
    super.doClose(id, handle);
  }
}

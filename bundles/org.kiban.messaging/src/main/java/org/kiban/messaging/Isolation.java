package org.kiban.messaging;

import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQSecurityException;
import org.apache.activemq.artemis.api.core.Interceptor;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.core.protocol.core.CoreRemotingConnection;
import org.apache.activemq.artemis.core.protocol.core.Packet;
import org.apache.activemq.artemis.core.protocol.core.impl.PacketImpl;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.ActiveMQExceptionMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionBindingQueryMessage;
import org.apache.activemq.artemis.core.protocol.core.impl.wireformat.SessionQueueQueryMessage;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerQueuePlugin;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerSessionPlugin;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Holds municipalities apart where Artemis's permissions do not look.
 *
 * <ul>
 *   <li>Queue names and client ids are one space for the whole broker: whoever takes one first
 *       keeps others from it. So a queue is called {@code <code>.…} like its address, or has the
 *       random name of an unnamed subscription, and a client id begins with a code of its user.
 *   <li>Queries answer anybody who is logged in, with names and counts.
 *   <li>Distributed transactions are seen, committed and rolled back by any session; the node uses
 *       none.
 *   <li>Cluster packets have no place here.
 * </ul>
 */
final class Isolation
    implements Interceptor, ActiveMQServerQueuePlugin, ActiveMQServerSessionPlugin {

  private static final Set<Byte> NEVER =
      Set.of(
          PacketImpl.SESS_XA_START,
          PacketImpl.SESS_XA_END,
          PacketImpl.SESS_XA_COMMIT,
          PacketImpl.SESS_XA_PREPARE,
          PacketImpl.SESS_XA_ROLLBACK,
          PacketImpl.SESS_XA_JOIN,
          PacketImpl.SESS_XA_SUSPEND,
          PacketImpl.SESS_XA_RESUME,
          PacketImpl.SESS_XA_FORGET,
          PacketImpl.SESS_XA_INDOUBT_XIDS,
          PacketImpl.SESS_XA_FAILED,
          PacketImpl.CLUSTER_CONNECT,
          PacketImpl.BACKUP_REQUEST,
          PacketImpl.BACKUP_REGISTRATION,
          PacketImpl.QUORUM_VOTE,
          PacketImpl.SCALEDOWN_ANNOUNCEMENT);
  private static final String UUID = "(nonDurable\\.)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final Access access;

  /**
   * @param access knows who is logged in
   */
  Isolation(Access access) {
    this.access = access;
  }

  @Override
  public boolean intercept(Packet packet, RemotingConnection connection) {
    String name = null;
    if (packet instanceof SessionQueueQueryMessage query) {
      name = query.getQueueName().toString();
    } else if (packet instanceof SessionBindingQueryMessage query) {
      name = query.getAddress().toString();
    } else if (!NEVER.contains(packet.getType())) {
      return true;
    }
    if (name != null && (Access.mayRead(access.user(connection), name) || name.matches(UUID))) {
      return true;
    }
    ((CoreRemotingConnection) connection)
        .getChannel(packet.getChannelID(), -1)
        .send(new ActiveMQExceptionMessage(new ActiveMQSecurityException("not permitted here")));
    return false;
  }

  @Override
  public void beforeCreateQueue(QueueConfiguration queue) throws ActiveMQException {
    String address = String.valueOf(queue.getAddress());
    String name = String.valueOf(queue.getName());
    boolean own =
        Access.owner(address).filter(code -> name.startsWith(code + ".")).isPresent()
            || name.matches(UUID);
    if (!own) {
      throw new ActiveMQSecurityException(
          "a queue on " + address + " must be named <code>.… like its address");
    }
  }

  @Override
  public void beforeSessionMetadataAdded(ServerSession session, String key, String data)
      throws ActiveMQException {
    if (key.equals("jms-client-id")
        && !Access.mayRead(access.user(session.getRemotingConnection()), data)) {
      throw new ActiveMQSecurityException(
          "a client id must be <code>.… of a municipality of its user");
    }
  }
}

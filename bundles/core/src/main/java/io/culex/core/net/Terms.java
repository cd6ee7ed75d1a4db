// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.Subject;
import io.culex.api.config.ListenerSettings;
import io.culex.codec.Connect;
import io.culex.codec.Will;
import io.culex.core.route.Publication;
import io.culex.core.session.Attachment;
import io.culex.core.session.Session;
import io.culex.core.session.Standing;
import io.culex.core.session.WillMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a CONNECT asks for: whether its session is kept, for how long, its will, and what may be sent to it. On the loop. */
record Terms(Connection connection, Connect packet) {
    Attachment attachment(Session to, Subject subject) {
        return new Attachment(packet.cleanStart(), subject, Standing.CLIENT, sessionExpiry(), will(to, subject));
    }

    long sessionExpiry() {
        if (packet.version().isV5()) {
            long asked = Math.max(0, packet.properties().sessionExpiryInterval());
            Duration cap = connection.doorway().broker().sessions().persistentExpiry();
            return cap.isZero() ? asked : Math.min(asked, cap.toSeconds());
        }
        return packet.cleanStart() ? 0 : Session.NEVER;
    }

    /** The largest packet that the client takes, in bytes. */
    long maximumPacketSize() {
        long largest = packet.properties().maximumPacketSize();
        return largest <= 0 ? Long.MAX_VALUE : largest;
    }

    /** What the link may send. The mount point is the session's: the listener may have got another one since it was claimed. */
    ClientLink.LinkLimits limits(Session of) {
        ListenerSettings.Clients clients =
                connection.doorway().scope().listener().clients();
        return new ClientLink.LinkLimits(
                maximumPacketSize(),
                Math.min(Math.max(0, packet.properties().topicAliasMaximum()), clients.maxTopicAliasBroker()),
                of.mountPoint().getBytes(StandardCharsets.UTF_8).length);
    }

    private @Nullable WillMessage will(Session to, Subject subject) {
        Will will = packet.will();
        if (will == null) {
            return null;
        }
        byte[] topic = (to.mountPoint() + will.topicText()).getBytes(StandardCharsets.UTF_8);
        Publication message = new Publication(
                topic, will.forwardedProperties(), will.payload(), will.qos(), will.retain(), 0, 0, subject);
        return new WillMessage(message, will.expirySeconds(), will.delaySeconds());
    }
}

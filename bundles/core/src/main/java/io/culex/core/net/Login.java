// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Subject;
import io.culex.api.config.ListenerSettings;
import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import io.culex.codec.Connect;
import io.culex.codec.Properties;
import io.culex.codec.PropertiesBuilder;
import io.culex.codec.ProtocolVersion;
import io.culex.core.loop.Counter;
import io.culex.core.loop.Ledger;
import io.culex.core.loop.Loop;
import io.culex.core.session.Directory;
import io.culex.core.session.Identity;
import io.culex.core.session.Session;
import io.culex.core.session.Standing;
import io.culex.transport.ChannelMove;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * From CONNECT to CONNACK (SPEC H.1): checks, authentication, the session, and the way to the session's loop. Nothing is read
 * from the connection meanwhile.
 */
final class Login {
    private final Connection connection;
    private final EnhancedLogin enhanced;
    private @Nullable Connect connect;
    private final ClientName name = new ClientName();
    private @Nullable Admission admission;
    private int keepAlive;
    private boolean due;

    Login(Connection connection) {
        this.connection = connection;
        this.enhanced = new EnhancedLogin(connection, this);
    }

    boolean isBridge() {
        return connect != null && connect.bridge();
    }

    /** The reason in words, when the client wants to hear it [MQTT-3.1.2-29] and takes a packet that large. */
    Properties explain(String words, int otherBytes) {
        boolean isWanted = connect != null
                && connect.version().isV5()
                && connect.properties().requestProblemInformation() != 0;
        return isWanted ? Properties.reason(words).fitting(otherBytes, terms().maximumPacketSize()) : Properties.NONE;
    }

    Connect packet() {
        Connect now = connect;
        if (now == null) {
            throw new IllegalStateException("no CONNECT yet");
        }
        return now;
    }

    void closed() {
        enhanced.closed();
    }

    void auth(ReasonCode reason, Properties properties) {
        enhanced.auth(reason, properties);
    }

    /** CONNECT came; {@link #begin} follows when what reads packets has returned. */
    void connect(Connect packet) {
        connect = packet;
        due = true;
        connection.pause(Pause.AUTH);
    }

    /** Decides about the CONNECT when one has come. */
    void begin() {
        if (!due || connection.isOver() || connection.leaving().isEarly()) {
            return;
        }
        due = false;
        Connect packet = packet();
        ReasonCode refusal = ConnectRules.refusal(packet, connection.doorway());
        if (refusal == null) {
            refusal = identify(packet, connection.doorway().scope().listener().access());
        }
        if (refusal == null && isBanned(username())) {
            refusal = ReasonCode.BANNED;
        }
        if (refusal == null && limitKeepAlive(packet)) {
            refusal = ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
        }
        if (refusal != null) {
            refuse(packet.version(), refusal);
            return;
        }
        if (packet.properties().authenticationMethod() != null) {
            enhanced.begin(request());
        } else {
            new PlainLogin(connection, this).begin();
        }
    }

    private @Nullable ReasonCode identify(Connect packet, ListenerSettings.Access access) {
        ReasonCode refusal = name.settle(packet, username(), access);
        connection.name(name.text());
        boolean isNameless =
                connection.doorway().namesUsers() && connection.peer().identity() == null;
        return isNameless ? ReasonCode.BAD_USER_NAME_OR_PASSWORD : refusal;
    }

    /** The user name to go by: an identity that the listener has verified, or where it asks for none what the client says. */
    @Nullable
    String username() {
        String identity = connection.peer().identity();
        return identity != null || connection.doorway().namesUsers() ? identity : packet().username();
    }

    /** Whether an operator has forbidden it: asked before anything is done for the client, and last when it comes to its session. */
    private boolean isBanned(@Nullable String username) {
        InetSocketAddress address = connection.peer().address();
        return connection
                .net()
                .oversight()
                .bans()
                .forbids(name.text(), username, address == null ? null : address.getAddress());
    }

    /** True when the client must be refused: MQTT 3 cannot be told another Keep Alive. */
    private boolean limitKeepAlive(Connect packet) {
        long max = connection.doorway().broker().sessions().maxKeepAlive().toSeconds();
        keepAlive = packet.keepAlive();
        if (max == 0 || (keepAlive > 0 && keepAlive <= max)) {
            return false;
        }
        keepAlive = (int) max;
        return !packet.version().isV5();
    }

    private Terms terms() {
        return new Terms(connection, packet());
    }

    AuthRequest request() {
        byte[] password = connection.peer().identity() == null ? packet().password() : null;
        return request(username(), password == null ? null : Payload.wrap(password));
    }

    private AuthRequest request(@Nullable String username, @Nullable Payload password) {
        return new AuthRequest(
                name.text(), username, password, packet().version().level(), connection.peer());
    }

    /**
     * The client is who it says: its session is looked for, and gone to.
     *
     * @param by the plugin that says so; empty when none does
     * @param known what was known of the user before it was asked
     */
    void accepted(@Nullable String username, String by, Admission.Known known) {
        ReasonCode refusal =
                name.verified(username, connection.doorway().scope().listener().access());
        connection.name(name.text());
        if (refusal != null) {
            refuse(packet().version(), refusal);
            return;
        }
        admission = new Admission(connection, request(username, null), by, known);
        claim(new Subject(name.text(), username, connection.peer()));
    }

    /** The configuration has changed: whether the client may stay. */
    void lookAgain() {
        enhanced.lookAgain();
        if (admission != null) {
            admission.lookAgain();
        }
    }

    private void claim(Subject subject) {
        if (connection.isOver() || connection.leaving().isEarly()) {
            return;
        }
        String mountPoint = connection.doorway().scope().listener().clients().mountPoint();
        Identity identity = new Identity(mountPoint, name.text());
        Directory directory = connection.services().directory();
        int most = connection.doorway().broker().limits().globalMaxClients();
        Loop from = connection.loop();
        directory.claim(identity, connection.services(), from, most, session -> from.run(() -> goTo(session, subject)));
    }

    private void goTo(@Nullable Session session, Subject subject) {
        if (session == null) {
            refuse(packet().version(), ReasonCode.SERVER_BUSY);
            return;
        }
        Loop home = session.home();
        if (home == connection.loop()) {
            arrived(session, subject);
            return;
        }
        connection.pause(Pause.MIGRATE);
        connection.keepAlive().stop();
        connection.output().leave();
        ChannelMove.move(
                connection.context().channel(),
                connection.net().loops().eventLoop(home),
                () -> {
                    connection.movedTo(home);
                    connection.keepAlive().connectWithin(connection.doorway().connectTimeoutMillis());
                    arrived(session, subject);
                    connection.resume(Pause.MIGRATE);
                },
                failure -> home.execute(session::abandon));
    }

    private void arrived(Session session, Subject subject) {
        Ledger ledger = connection.loop().ledger();
        if (connection.packets().storeWait().putsOff(terms().sessionExpiry() > 0, () -> arrived(session, subject))) {
            return;
        }
        if (ledger.hasFailed() && terms().sessionExpiry() > 0) {
            session.abandon();
            refuse(packet().version(), ReasonCode.SERVER_UNAVAILABLE);
            return;
        }
        // What it has waited for may have taken its time.
        if (connection.isOver() || connection.leaving().isEarly()) {
            session.abandon();
            return;
        }
        ClientLink.finish(session);
        if (session.isEnded()) {
            claim(subject);
            return;
        }
        if (session.standing() != Standing.CLIENT) {
            // What waits for a bridge or for the broker itself was put there without asking for permissions.
            refuse(packet().version(), ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
            return;
        }
        if (isBanned(subject.username())) {
            session.abandon();
            refuse(packet().version(), ReasonCode.BANNED);
            return;
        }
        if (!session.isKnown()) {
            // The client may have published on another loop, in a session that has ended there [MQTT-4.6.0-5].
            connection.loop().takeOver();
        }
        Connect packet = packet();
        LoginReply reply = reply(packet.version());
        Properties welcome = reply.fitting(welcome());
        if (!reply.fits(welcome)) {
            session.abandon();
            refuse(packet.version(), ReasonCode.PACKET_TOO_LARGE);
            return;
        }
        ClientLink link = new ClientLink(connection, connection.output(), packet.version(), terms().limits(session));
        long before = ledger.mark();
        boolean present = session.attach(link, terms().attachment(session, subject));
        if (connection.isOver()) {
            session.detach(link, false);
            return;
        }
        connection.established(session, link, keepAlive);
        connection.loop().counters().increment(Counter.CONNECTIONS);
        if (ledger.mark() != before) {
            connection.output().hold();
        }
        boolean resumed = present && packet.version() != ProtocolVersion.MQTT_3_1;
        connection.journal().accepted(packet, subject);
        reply.accept(resumed, welcome);
        int receiveMaximum = packet.properties().receiveMaximum();
        session.begin(Math.max(0, receiveMaximum));
        connection.services().observers().tell(observer -> observer.connected(subject, present));
        // The configuration may have changed since it was let in.
        lookAgain();
        connection.resume(Pause.AUTH);
    }

    private Properties welcome() {
        Connect packet = packet();
        if (!packet.version().isV5()) {
            return Properties.NONE;
        }
        Welcome welcome = new Welcome(connection);
        connection.packets().topicAliasMaximum(welcome.topicAliasMaximum());
        PropertiesBuilder properties = welcome.limits(packet);
        if (name.isAssigned()) {
            properties.assignedClientIdentifier(name.text());
        }
        if (keepAlive != packet.keepAlive()) {
            properties.serverKeepAlive(keepAlive);
        }
        long expiry = terms().sessionExpiry();
        if (expiry != Math.max(0, packet.properties().sessionExpiryInterval())) {
            properties.sessionExpiryInterval(expiry);
        }
        enhanced.addTo(properties);
        return properties.build();
    }

    /** Answers CONNECT with a refusal in the client's version, where it takes one that large, and closes. */
    void refuse(ProtocolVersion version, ReasonCode reason) {
        if (connection.isOver()) {
            return;
        }
        reply(version).refuse(reason, explain(reason.text(), LoginReply.FLAGS_AND_CODE));
    }

    LoginReply reply(ProtocolVersion version) {
        return new LoginReply(connection, version, connect == null ? Long.MAX_VALUE : terms().maximumPacketSize());
    }
}

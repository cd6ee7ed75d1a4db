// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** CONNECT under construction: each method changes it and returns it. Clean start and no keep alive unless said otherwise. */
public final class Connect implements Packet {
    private static final int USER_NAME = 0x80;
    private static final int PASSWORD = 0x40;
    private static final int WILL_RETAIN = 0x20;
    private static final int WILL = 0x04;
    private static final int CLEAN = 0x02;

    private final String clientId;
    private boolean clean = true;
    private int keepAlive;
    private PropertyList properties = PropertyList.NONE;
    private @Nullable Will will;
    private @Nullable String userName;
    private byte @Nullable [] password;
    private int flippedFlags;
    private @Nullable String protocolName;
    private int level = -1;

    private Connect(String clientId) {
        this.clientId = clientId;
    }

    /** With this Client Identifier, which may be empty. */
    public static Connect as(String clientId) {
        return new Connect(clientId);
    }

    /** Clean Start (Clean Session) 0: take up the session there is. */
    public Connect resume() {
        clean = false;
        return this;
    }

    /** Keep Alive in seconds. */
    public Connect keepAlive(int seconds) {
        keepAlive = seconds;
        return this;
    }

    /** One more property. */
    public Connect with(PropertyId id, Object value) {
        properties = properties.with(id, value);
        return this;
    }

    /** All properties. */
    public Connect with(PropertyList other) {
        properties = other;
        return this;
    }

    /** Session Expiry Interval in seconds; version 5 only. */
    public Connect expiry(long seconds) {
        return with(PropertyId.SESSION_EXPIRY, seconds);
    }

    /** A Will Message. */
    public Connect will(Will message) {
        will = message;
        return this;
    }

    /** User Name. */
    public Connect user(String name) {
        userName = name;
        return this;
    }

    /** Password. */
    public Connect password(String secret) {
        password = secret.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Turns these bits of the Connect Flags round without changing the payload: makes the packet wrong. */
    public Connect flipFlags(int bits) {
        flippedFlags = bits;
        return this;
    }

    /** Another Protocol Name and Level than those of the client's version. */
    public Connect protocol(String name, int otherLevel) {
        protocolName = name;
        level = otherLevel;
        return this;
    }

    /** The Client Identifier. */
    public String clientId() {
        return clientId;
    }

    @Override
    public PacketType type() {
        return PacketType.CONNECT;
    }

    @Override
    public byte[] encode(ProtocolVersion version) {
        WireWriter out = new WireWriter()
                .string(protocolName == null ? version.protocolName() : protocolName)
                .u8(level < 0 ? version.level() : level)
                .u8(flags() ^ flippedFlags)
                .u16(keepAlive)
                .properties(version, properties)
                .string(clientId);
        if (will != null) {
            out.properties(version, will.properties()).string(will.topic()).binary(will.payload());
        }
        if (userName != null) {
            out.string(userName);
        }
        if (password != null) {
            out.binary(password);
        }
        return out.toPacket(type().firstByte());
    }

    private int flags() {
        int flags = clean ? CLEAN : 0;
        if (will != null) {
            flags |= WILL | will.qos() << 3 | (will.retain() ? WILL_RETAIN : 0);
        }
        return flags | (userName != null ? USER_NAME : 0) | (password != null ? PASSWORD : 0);
    }
}

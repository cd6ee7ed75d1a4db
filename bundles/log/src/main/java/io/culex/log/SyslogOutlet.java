// SPDX-License-Identifier: Apache-2.0
package io.culex.log;

import io.culex.api.process.UnixDatagrams;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines to the machine's syslog as syslog(3) sends them: to {@code /dev/log}; where unix datagrams are not to be had, to
 * port 514 of this machine (RFC 3164). What no syslog listens for is lost, as with syslog(3).
 */
final class SyslogOutlet implements Outlet {
    static final String SOCKET = "/dev/log";
    private static final int PORT = 514;

    private final int facility;

    /** As Mosquitto's lines begin (SPEC H.4): what looks for them in the machine's log finds them. */
    private final String ident = "mosquitto[" + ProcessHandle.current().pid() + "]: ";

    private final Strftime time = new Strftime("%h %e %T ");
    private final ZoneId zone;
    private final Supplier<@Nullable UnixDatagrams> datagrams;
    private @Nullable DatagramChannel channel;

    SyslogOutlet(int facility, ZoneId zone, Supplier<@Nullable UnixDatagrams> datagrams) {
        this.facility = facility;
        this.zone = zone;
        this.datagrams = datagrams;
    }

    @Override
    public String name() {
        return "syslog";
    }

    @Override
    public void write(Line line, byte[] formatted) throws IOException {
        byte[] datagram = datagram(line, formatted);
        UnixDatagrams unix = datagrams.get();
        if (unix != null) {
            unix.send(SOCKET, datagram);
        } else {
            udp().send(ByteBuffer.wrap(datagram), new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private byte[] datagram(Line line, byte[] formatted) {
        int priority = facility * 8 + line.type().priority();
        String head = "<" + priority + ">"
                + time.format(Instant.ofEpochSecond(line.seconds()).atZone(zone)) + ident;
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(start.length + formatted.length)
                .put(start)
                .put(formatted)
                .array();
    }

    private DatagramChannel udp() throws IOException {
        DatagramChannel open = channel;
        if (open == null) {
            open = DatagramChannel.open();
            open.configureBlocking(false);
            channel = open;
        }
        return open;
    }
}

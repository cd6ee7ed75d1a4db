// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import io.culex.cli.ctrl.option.Options.Proxy;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The client's side of SOCKS 5 (RFC 1928, 1929). The proxy resolves the name of the host. */
final class Socks5 {
    private static final int VERSION = 5;
    private static final int NO_AUTHENTICATION = 0;
    private static final int BY_PASSWORD = 2;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int LONGEST = 255;

    private final Proxy proxy;
    private final DataInputStream in;
    private final OutputStream out;

    private Socks5(Proxy proxy, Socket socket) throws IOException {
        this.proxy = proxy;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Has the proxy at the other end connect to a host. */
    static void connect(Socket socket, Proxy proxy, String host, int port) throws IOException {
        Socks5 conversation = new Socks5(proxy, socket);
        conversation.greet();
        conversation.request(host, port);
    }

    private void greet() throws IOException {
        boolean named = proxy.username() != null;
        out.write(
                named
                        ? new byte[] {VERSION, 2, NO_AUTHENTICATION, BY_PASSWORD}
                        : new byte[] {VERSION, 1, NO_AUTHENTICATION});
        expectVersion(VERSION);
        int method = in.readUnsignedByte();
        if (method == BY_PASSWORD && named) {
            authenticate(String.valueOf(proxy.username()), proxy.password());
        } else if (method != NO_AUTHENTICATION) {
            throw new IOException("the proxy wants an authentication that was not offered");
        }
    }

    private void authenticate(String username, String password) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.write(1);
        text(message, username);
        text(message, password);
        out.write(message.toByteArray());
        expectVersion(1);
        if (in.readUnsignedByte() != 0) {
            throw new IOException("the proxy refuses the username or password");
        }
    }

    private void request(String host, int port) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(new byte[] {VERSION, CONNECT, 0, NAME});
        text(message, host);
        message.write(port >> 8);
        message.write(port);
        out.write(message.toByteArray());
        expectVersion(VERSION);
        int reply = in.readUnsignedByte();
        if (reply != 0) {
            throw new IOException("the proxy says: " + words(reply));
        }
        in.readUnsignedByte();
        in.readNBytes(addressBytes(in.readUnsignedByte()) + 2);
    }

    private int addressBytes(int type) throws IOException {
        return switch (type) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> in.readUnsignedByte();
            default -> throw new IOException("the proxy does not speak SOCKS 5");
        };
    }

    private void expectVersion(int version) throws IOException {
        if (in.readUnsignedByte() != version) {
            throw new IOException("the proxy does not speak SOCKS 5");
        }
    }

    private static void text(ByteArrayOutputStream message, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST) {
            throw new IOException("a name is too long for SOCKS 5");
        }
        message.write(bytes.length);
        message.writeBytes(bytes);
    }

    private static String words(int reply) {
        return switch (reply) {
            case 1 -> "General failure";
            case 2 -> "Connection not allowed";
            case 3 -> "Network unreachable";
            case 4 -> "Host unreachable";
            case 5 -> "Connection refused";
            case 6 -> "Time to live expired";
            case 7 -> "Command not supported";
            case 8 -> "Address type not supported";
            default -> "Error " + reply;
        };
    }
}

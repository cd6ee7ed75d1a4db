// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** The client's side of a WebSocket (RFC 6455) that carries MQTT: what comes and goes is one stream of bytes. */
final class WebSocketLink {
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LONGEST_HEAD = 16_384;

    private WebSocketLink() {}

    /** Asks for the upgrade; blocks. */
    static Link over(Link plain, String host, String path) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        String key = Base64.getEncoder().encodeToString(nonce);
        plain.out().write(request(host, path, key).getBytes(StandardCharsets.ISO_8859_1));
        plain.out().flush();
        check(head(plain.in()), key);
        WebSocketOutput out = new WebSocketOutput(plain.out(), random);
        return new Link(new WebSocketInput(new DataInputStream(plain.in()), out), out, () -> {
            try (plain) {
                out.goodbye();
            }
        });
    }

    private static String request(String host, String path, String key) {
        return "GET " + path + " HTTP/1.1\r\n"
                + "Host: " + host + "\r\n"
                + "Upgrade: websocket\r\n"
                + "Connection: Upgrade\r\n"
                + "Sec-WebSocket-Key: " + key + "\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Protocol: mqtt\r\n\r\n";
    }

    /** Byte by byte: what follows the head belongs to MQTT. */
    private static String[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int next = in.read();
            if (next < 0 || head.size() > LONGEST_HEAD) {
                throw new EOFException("no answer to the WebSocket request");
            }
            head.write(next);
            if (next == '\n') {
                ends++;
            } else if (next != '\r') {
                ends = 0;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1).split("\r?\n", -1);
    }

    private static void check(String[] head, String key) throws IOException {
        if (!head[0].matches("HTTP/1\\.1 101(\\s.*)?")) {
            throw new IOException("the server answers the WebSocket request with: " + head[0]);
        }
        String expected = accept(key);
        for (String line : head) {
            int colon = line.indexOf(':');
            if (colon > 0
                    && line.substring(0, colon).toLowerCase(Locale.ROOT).equals("sec-websocket-accept")
                    && line.substring(colon + 1).strip().equals(expected)) {
                return;
            }
        }
        throw new IOException("the server does not speak WebSocket");
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client behind one stage that knows CONNECT and PINGREQ alone. */
final class StagedClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final DataInputStream in;
    private final boolean framed;

    private StagedClient(Socket socket, boolean framed) throws IOException {
        this.socket = socket;
        this.framed = framed;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    static StagedClient connect(String stage, int port, String id) throws IOException, GeneralSecurityException {
        Socket socket = stage.equals("tls")
                ? trustingAll().getSocketFactory().createSocket("127.0.0.1", port)
                : new Socket("127.0.0.1", port);
        StagedClient client = new StagedClient(socket, stage.equals("websocket"));
        if (stage.equals("proxy")) {
            client.send("PROXY TCP4 192.0.2.1 192.0.2.2 1000 1883\r\n");
        } else if (stage.equals("websocket")) {
            client.send("GET /mqtt HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Protocol: mqtt\r\n\r\n");
            client.skipResponse();
        }
        ByteArrayOutputStream connect = new ByteArrayOutputStream();
        String name = stage + id;
        connect.writeBytes(new byte[] {0x10, (byte) (12 + name.length()), 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0});
        connect.write(name.length());
        connect.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        client.exchange(connect.toByteArray(), new byte[] {0x20, 2, 0, 0});
        return client;
    }

    void ping() throws IOException {
        exchange(new byte[] {(byte) 0xc0, 0}, new byte[] {(byte) 0xd0, 0});
    }

    private void exchange(byte[] packet, byte[] expected) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (framed) {
            // Masked with zeros, which leave it as it is.
            out.writeBytes(new byte[] {(byte) 0x82, (byte) (0x80 | packet.length), 0, 0, 0, 0});
        }
        out.writeBytes(packet);
        socket.getOutputStream().write(out.toByteArray());
        byte[] answer = new byte[expected.length + (framed ? 2 : 0)];
        in.readFully(answer);
        byte[] plain = framed ? Arrays.copyOfRange(answer, 2, answer.length) : answer;
        if (!Arrays.equals(expected, plain)) {
            throw new AssertionError("expected " + Arrays.toString(expected) + ", got " + Arrays.toString(answer));
        }
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void skipResponse() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (head.indexOf(" 101 ") < 0) {
            throw new AssertionError(head);
        }
    }

    private static SSLContext trustingAll() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
        return context;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The test is about connections that stay, not about who they are with. */
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            // Of a client there is none.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            // Made by this test.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

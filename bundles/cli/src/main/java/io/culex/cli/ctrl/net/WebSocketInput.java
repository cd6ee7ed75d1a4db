// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Frames of a server to bytes; answers pings. One thread. */
final class WebSocketInput extends InputStream {
    private static final int LONGEST_CONTROL = 125;

    private final DataInputStream in;
    private final WebSocketOutput out;
    private long left;
    private boolean over;

    WebSocketInput(DataInputStream in, WebSocketOutput out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        while (left == 0 && !over) {
            head();
        }
        if (over) {
            return -1;
        }
        int got = in.read(bytes, from, (int) Math.min(left, length));
        if (got < 0) {
            throw new EOFException("the connection ended inside a frame");
        }
        left -= got;
        return got;
    }

    private void head() throws IOException {
        int first = in.read();
        if (first < 0) {
            over = true;
            return;
        }
        int second = in.readUnsignedByte();
        long length = length(second & 0x7f);
        int opcode = first & 0x0f;
        if ((first & 0x70) != 0 || (second & 0x80) != 0 || length < 0) {
            throw new IOException("the server breaks the rules of WebSocket");
        }
        switch (opcode) {
            case 0, WebSocketOutput.BINARY -> left = length;
            case WebSocketOutput.CLOSE -> over = true;
            case WebSocketOutput.PING -> {
                byte[] said = control(length);
                out.frame(WebSocketOutput.PONG, said, 0, said.length);
                out.flush();
            }
            case WebSocketOutput.PONG -> control(length);
            default -> throw new IOException("the server sends no MQTT over this WebSocket");
        }
    }

    private byte[] control(long length) throws IOException {
        if (length > LONGEST_CONTROL) {
            throw new IOException("the server breaks the rules of WebSocket");
        }
        byte[] bytes = new byte[(int) length];
        in.readFully(bytes);
        return bytes;
    }

    private long length(int code) throws IOException {
        return switch (code) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> code;
        };
    }
}

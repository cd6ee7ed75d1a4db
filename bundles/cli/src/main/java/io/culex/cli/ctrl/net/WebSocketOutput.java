// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/** Bytes to masked frames, one for each write. Any thread. */
final class WebSocketOutput extends OutputStream {
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;

    private final OutputStream out;
    private final SecureRandom random;

    WebSocketOutput(OutputStream out, SecureRandom random) {
        this.out = out;
        this.random = random;
    }

    @Override
    public void write(int one) throws IOException {
        frame(BINARY, new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        frame(BINARY, bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Says that nothing more will come. */
    void goodbye() throws IOException {
        frame(CLOSE, new byte[] {3, (byte) 0xe8}, 0, 2);
        flush();
    }

    synchronized void frame(int opcode, byte[] bytes, int from, int length) throws IOException {
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        ByteArrayOutputStream frame = new ByteArrayOutputStream(length + 14);
        frame.write(FIN | opcode);
        if (length < 126) {
            frame.write(MASKED | length);
        } else if (length < 65_536) {
            frame.write(MASKED | 126);
            number(frame, length, 2);
        } else {
            frame.write(MASKED | 127);
            number(frame, length, 8);
        }
        frame.writeBytes(mask);
        for (int i = 0; i < length; i++) {
            frame.write(bytes[from + i] ^ mask[i & 3]);
        }
        out.write(frame.toByteArray());
    }

    private static void number(ByteArrayOutputStream frame, long value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) {
            frame.write((int) (value >> 8 * i));
        }
    }
}

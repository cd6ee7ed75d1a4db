// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.ctrl;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A SOCKS5 proxy to which every name is this machine. */
final class SocksProxy implements AutoCloseable {
    private final ServerSocket entrance;
    private final boolean wantsPassword;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    SocksProxy(boolean wantsPassword) {
        this.wantsPassword = wantsPassword;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Behind {@code socks5h://} and maybe a name. */
    String address() {
        return "127.0.0.1:" + entrance.getLocalPort();
    }

    /** Which hosts it was asked for. */
    List<String> asked() {
        return asked;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                sockets.add(client);
                start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            in.readUnsignedByte();
            in.readNBytes(in.readUnsignedByte());
            out.write(new byte[] {5, (byte) (wantsPassword ? 2 : 0)});
            if (wantsPassword) {
                in.readUnsignedByte();
                boolean right = text(in).equals("us:er") && text(in).equals("p@ss");
                out.write(new byte[] {1, (byte) (right ? 0 : 1)});
                if (!right) {
                    return;
                }
            }
            in.readNBytes(3);
            if (in.readUnsignedByte() != 3) {
                out.write(new byte[] {5, 8, 0, 1, 0, 0, 0, 0, 0, 0});
                return;
            }
            asked.add(text(in));
            connect(client, in.readUnsignedShort(), out);
        } catch (IOException ended) {
            // Either side may end it.
        }
    }

    private void connect(Socket client, int port, OutputStream out) throws IOException {
        try (Socket server = new Socket()) {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            out.write(new byte[] {5, 0, 0, 1, 0, 0, 0, 0, 0, 0});
            start(() -> pump(server, client));
            pump(client, server);
        } catch (java.net.ConnectException refused) {
            out.write(new byte[] {5, 5, 0, 1, 0, 0, 0, 0, 0, 0});
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            // Either side may end it.
        }
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

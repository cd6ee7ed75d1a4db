// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server that lets in who has the right password, for the example of a plugin. */
final class LoginServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final String right;
    private volatile String lastForm = "";

    /** Of one password, as the form has it. */
    LoginServer(String password) throws IOException {
        right = "password=" + password + "&";
        threads.execute(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            threads.shutdown();
        }
    }

    private void serve(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                int length = 0;
                for (; line != null && !line.isEmpty(); line = in.readLine()) {
                    if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
                        length = Integer.parseInt(
                                line.substring(line.indexOf(':') + 1).strip());
                    }
                }
                char[] form = new char[length];
                for (int at = 0; at < length; ) {
                    at += in.read(form, at, length - at);
                }
                String sent = new String(form);
                lastForm = sent;
                String status = sent.contains(right) ? "200 OK" : "403 Forbidden";
                client.getOutputStream()
                        .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The client of the plugin is gone, with the plugin.
        }
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/login";
    }

    /** What was sent last. */
    String lastForm() {
        return lastForm;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine is called. Stateless. */
final class ThisMachine {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private ThisMachine() {}

    /** As the kernel says; where it cannot be asked, as the network does. May block. */
    static String name() {
        try {
            String name = Files.readString(KERNEL).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException elsewhere) {
            // No Linux: the next one answers.
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}

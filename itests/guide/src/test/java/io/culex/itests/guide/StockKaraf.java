// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a Karaf that a page has unpacked gets before it is started: free ports, and no repository but that of the build. */
final class StockKaraf {
    private StockKaraf() {}

    static void adapt(Scratch scratch) throws IOException {
        Path etc = scratch.root().resolve("opt/karaf/etc");
        Path management = etc.resolve("org.apache.karaf.management.cfg");
        if (!Files.exists(management) || Files.readString(management).contains(mark(scratch))) {
            return;
        }
        set(management, "rmiRegistryPort", String.valueOf(scratch.port("1099")));
        set(management, "rmiServerPort", String.valueOf(scratch.port("44444")));
        set(etc.resolve("org.apache.karaf.shell.cfg"), "sshPort", String.valueOf(scratch.port("8101")));
        Path mvn = etc.resolve("org.ops4j.pax.url.mvn.cfg");
        set(mvn, "org.ops4j.pax.url.mvn.localRepository", System.getProperty("culex.repository"));
        set(mvn, "org.ops4j.pax.url.mvn.repositories", "");
    }

    private static String mark(Scratch scratch) {
        return "rmiRegistryPort = " + scratch.port("1099") + "\n";
    }

    /** Puts one value into a file of properties, over lines that go on. */
    private static void set(Path file, String key, String value) throws IOException {
        String text = Files.readString(file).replace("\\\n", "");
        String without = text.replaceAll("(?m)^#?\\s*" + key.replace(".", "\\.") + "\\s*=.*$", "");
        Files.writeString(file, without + "\n" + key + " = " + value + "\n");
    }
}

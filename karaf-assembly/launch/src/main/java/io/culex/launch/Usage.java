// SPDX-License-Identifier: Apache-2.0
package io.culex.launch;

import java.io.PrintStream;

/** What {@code --help} and {@code --version} print. */
final class Usage {
    private static final String TEXT =
            """

            culex is an MQTT v5.0/v3.1.1/v3.1 broker.

            Usage: culex [-c config_file] [-d] [-h] [-p port] [-q] [-v]
                         [--test-config] [--tls-keylog file] [--console-port port]
                   culex --version

             -c, --config-file : the configuration, in the format of mosquitto.conf.
             -d, --daemon      : go into the background after the configuration was checked.
             -h, --help        : display this help.
             -p, --port        : listen on this port, for clients of this machine only.
                                 May be given up to 10 times; ignored when the
                                 configuration has a listener.
             -q, --quiet       : log nothing, whatever the configuration says.
             -v, --verbose     : log everything, whatever the configuration says.
             --test-config     : check the configuration and exit.
             --tls-keylog      : append the secrets of TLS connections to this file;
                                 who reads it can decrypt them.
             --console-port    : Karaf's console by SSH on this port of this machine.
             --version         : display the version.

            Environment: JAVA_HOME, JAVA_OPTS, CULEX_OPTS (options of the JVM), CULEX_DATA
            (a folder to keep between runs), PUID and PGID, UMASK_SET,
            MOSQUITTO_PERSISTENCE_LOCATION, NOTIFY_SOCKET, WATCHDOG_USEC.
            """;

    private Usage() {}

    static void print(PrintStream out) {
        printVersion(out);
        out.print(TEXT);
    }

    static void printVersion(PrintStream out) {
        String version = Usage.class.getPackage().getImplementationVersion();
        out.println("culex version " + String.valueOf(version).replace("-SNAPSHOT", ""));
    }
}

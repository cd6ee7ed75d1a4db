// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl;

import io.culex.cli.ctrl.command.Command;
import io.culex.cli.ctrl.command.Commands;
import io.culex.cli.ctrl.command.Module;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.jar.JarFile;

/** The texts of {@code --help}, {@code --version} and {@code MODULE help}. Stateless. */
final class Usage {
    private static final String GENERAL =
            """
            culex_ctrl is a tool for administering culex and mosquitto brokers.
            %s
            Usage: culex_ctrl [options] <module> <command> [arguments]
                   culex_ctrl [options]                          a shell with completion
                   culex_ctrl [options] -f file dynsec <command> works on a file without a broker
                   culex_ctrl dynsec init <new-file> <admin-username> [admin-password]
            Modules: broker, dynsec. For their commands: culex_ctrl <module> help

            Where the broker is:
             -h host, --host     name or address; localhost by default.
             -p port, --port     1883 by default, with TLS 8883.
             -L url, --url       mqtt, mqtts, ws or wss ://[username[:password]@]host[:port][/path]
             --unix path         a unix socket.
             -A address          the local address of the connection.
             --nodelay           switch off Nagle's algorithm.
             --proxy url         socks5h://[username[:password]@]host[:port]
            Who connects:
             -u name, --username
             -P password, --pw   asked for when it is not given.
             -i id, --id         the client identifier.
            Encryption:
             --cafile file       trusted authorities.
             --capath folder     a folder of them.
             --tls-use-os-certs  the authorities of the system.
             --cert file         the client's certificate; also --certfile.
             --key file          its key; also --keyfile. The password of an encrypted one is asked for.
             --keyform pem       the form of the key.
             --ciphers list      a cipher list of OpenSSL, below TLS 1.3.
             --tls-version v     the lowest version: tlsv1.3, tlsv1.2 (the default), tlsv1.1.
             --tls-alpn names    application protocols to offer.
             --insecure          do not check the name of the server.
             --psk key           a pre-shared key, in hexadecimal.
             --psk-identity name
            Others:
             -V version          of MQTT: 5 (the default), 311, 31.
             -q qos, --qos       of requests; 1 by default.
             --timeout seconds   for the connection and for each answer; 10 by default.
             -f file             a file of dynamic security to work on.
             -o file             an options file: one option in each line. Else the first of
                                 culex_ctrl and mosquitto_ctrl in $XDG_CONFIG_HOME or $HOME/.config.
             --json              print answers as they come.
             -d, --debug         show what is sent and received.
             -v, --verbose       also tell what succeeds.
             --quiet             print no run-time errors.
             --help, --version
            """;

    private Usage() {}

    static String general() {
        return GENERAL.formatted(version());
    }

    static String version() {
        return "culex_ctrl version " + bundleVersion() + "\n";
    }

    /** The manifest of the jar that this class is from; there are others on the class path. */
    private static String bundleVersion() {
        try (JarFile jar = new JarFile(Path.of(Usage.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile())) {
            // Without what the build adds to it, as the broker says it.
            return String.valueOf(jar.getManifest().getMainAttributes().getValue("Bundle-Version"))
                    .replaceFirst("^(\\d+\\.\\d+\\.\\d+)\\..*", "$1");
        } catch (IOException | URISyntaxException e) {
            return "unknown";
        }
    }

    /** All commands of a module. */
    static String module(Module module) {
        StringBuilder text = new StringBuilder();
        Command.Section last = null;
        if (module == Module.DYNSEC) {
            text.append("Create a new configuration file with an admin user:\n")
                    .append("    culex_ctrl dynsec init <new-config-file> <admin-username> [admin-password]\n");
        }
        for (Command command : Commands.of(module)) {
            if (command.section() != last) {
                last = command.section();
                text.append('\n').append(last.title()).append('\n');
            }
            text.append("  ")
                    .append((command.name() + " " + command.arguments()).strip())
                    .append("\n      ")
                    .append(command.purpose())
                    .append(".\n");
        }
        if (module == Module.DYNSEC) {
            text.append("\nacltype: publishClientSend, publishClientReceive, subscribeLiteral, subscribePattern,\n")
                    .append("         unsubscribeLiteral, unsubscribePattern\n")
                    .append("event:   publishClientSend, publishClientReceive, subscribe, unsubscribe\n");
        }
        return text.toString();
    }
}

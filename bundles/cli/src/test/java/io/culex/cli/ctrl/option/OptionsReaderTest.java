// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.option;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.cli.ctrl.outcome.ExitStatus;
import io.culex.cli.ctrl.outcome.FailedException;
import io.culex.codec.ProtocolVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsReaderTest {
    private final OptionsReader reader = new OptionsReader(Map.of());

    private OptionsReader.Read read(String line) throws FailedException {
        return reader.read(line.isEmpty() ? List.of() : List.of(line.split(" ")));
    }

    private Options options(String line) throws FailedException {
        return read(line).options();
    }

    private String refused(String line) {
        FailedException e = assertThrows(FailedException.class, () -> read(line), line);
        assertEquals(ExitStatus.OPTIONS, e.status());
        return e.text();
    }

    @Test
    void saysNothingAndGetsTheDefaults() throws FailedException {
        Options options = options("");

        assertEquals("localhost:1883", options.server().describe());
        assertFalse(options.server().named());
        assertFalse(options.server().noDelay());
        assertNull(options.login().clientId());
        assertNull(options.login().username());
        assertTrue(options.isOpen());
        assertEquals(
                new Options.Conversation(ProtocolVersion.MQTT_5, 1, Duration.ofSeconds(10)), options.conversation());
        assertEquals(new Options.Output(false, false, false, false), options.output());
        assertNull(options.dataFile());
    }

    @Test
    void takesTheWordsBehindTheOptions() throws FailedException {
        OptionsReader.Read read = read("-h there dynsec createClient bob -i id");

        assertEquals(List.of("dynsec", "createClient", "bob", "-i", "id"), read.words());
        assertEquals("there", read.options().server().host());
    }

    @ParameterizedTest
    @CsvSource({
        "-h there,there:1883",
        "--host there,there:1883",
        "-h ::1,[::1]:1883",
        "-h there -p 77,there:77",
        "--port 77,localhost:77",
        "--cafile ca,localhost:8883",
        "--capath ca,localhost:8883",
        "--tls-use-os-certs,localhost:8883",
        "--psk ab --psk-identity me,localhost:8883",
        "--cafile ca -p 1,localhost:1",
        "--unix /tmp/s,/tmp/s",
        "--unix /tmp/s -h there,there:1883",
        "-L mqtt://there,there:1883",
        "-L mqtt://there/,there:1883",
        "--url mqtts://there,there:8883",
        "-L MQTTS://there:9,there:9",
        "-L mqtt://[::1]:9/x,[::1]:9",
        "-L ws://there,there:1883",
        "-L wss://there,there:8883",
        "-L wss://there -h other -p 5,other:5",
        "-L mqtt://there:9 -h other,other:1883",
        "-p 5 -L mqtt://there:9,there:9",
        "-p 5 -L mqtt://there,there:1883",
        "-L mqtt://there -p 5,there:5"
    })
    void knowsWhereTheBrokerIs(String line, String server) throws FailedException {
        assertEquals(server, options(line).server().describe());
        assertEquals(
                line.matches(".*(-h|--host|-L|--url|-p|--port|--unix) .*"),
                options(line).server().named());
    }

    @Test
    void takesAUrlApart() throws FailedException {
        Options options = options("-L wss://bob:p@ss:word@there:9/a/b");

        assertEquals("there:9", options.server().describe());
        assertEquals("/a/b", options.server().webSocket());
        assertEquals("bob", options.login().username());
        assertEquals("p@ss:word", options.login().password());
        assertFalse(options.isOpen());
        assertEquals("/mqtt", options("-L ws://there").server().webSocket());
        assertNull(options("-L ws://there -h other").server().webSocket());
        assertTrue(options("-L mqtts://there -h other").isOpen());
    }

    @ParameterizedTest
    @CsvSource({
        "-L mqtt://bob:secret@there -h other,null null",
        "-L mqtt://bob:secret@there --unix /tmp/s,null null",
        "-L mqtt://bob:secret@there -L mqtt://other,null null",
        "-u carol -P hers -L mqtt://bob:secret@there -h other,carol hers",
        "-u carol -P hers -L mqtt://bob@there,bob null",
        "-u bob -P secret -L mqtt://bob@there,bob secret",
        "-P secret -L mqtt://bob@there,bob secret",
        "-L mqtt://bob@there -P secret,bob secret",
        "-L mqtt://bob:secret@there -u carol,carol null",
        "-L mqtt://bob:secret@there -p 5,bob secret"
    })
    void givesTheLoginOfAUrlToItsBrokerAndItsUserAlone(String line, String login) throws FailedException {
        Options.Login found = options(line).login();

        assertEquals(login, found.username() + " " + found.password());
    }

    @Test
    void knowsWhoConnects() throws FailedException {
        Options.Login login = options("-u bob -P secret -i me").login();
        assertEquals(new Options.Login("me", "bob", "secret"), login);
        assertEquals(login, options("--username bob --pw secret --id me").login());
        assertTrue(options("-u bob").login().lacksPassword());
        assertFalse(login.toString().contains("secret"));
    }

    @Test
    void takesEveryOptionOfTls() throws FailedException {
        String line = "--cafile ca --capath dir --cert c --key k --keyform pem --ciphers HIGH --tls-version tlsv1.3"
                + " --tls-alpn mqtt,x --insecure";
        Encryption expected = new Encryption.Certificates(
                Path.of("ca"),
                Path.of("dir"),
                false,
                true,
                Path.of("c"),
                Path.of("k"),
                "HIGH",
                "tlsv1.3",
                List.of("mqtt", "x"));

        assertEquals(expected, options(line).encryption());
        assertEquals(
                expected,
                options(line.replace("--cert", "--certfile").replace("--key ", "--keyfile "))
                        .encryption());
    }

    @Test
    void believesTheSystemWhereNobodyElseIsNamed() throws FailedException {
        assertTrue(certificates("-L mqtts://there").system());
        assertTrue(certificates("-p 8883").system());
        assertTrue(certificates("--cafile ca --tls-use-os-certs").system());
        assertFalse(certificates("-L mqtts://there --cafile ca").system());
    }

    private Encryption.Certificates certificates(String line) throws FailedException {
        return assertInstanceOf(Encryption.Certificates.class, options(line).encryption());
    }

    @Test
    void takesASharedKey() throws FailedException {
        Encryption.SharedKey key = assertInstanceOf(
                Encryption.SharedKey.class,
                options("--psk 0Aff --psk-identity me --ciphers PSK").encryption());

        assertEquals("me", key.identity());
        assertArrayEquals(new byte[] {10, -1}, key.key());
        assertEquals("PSK", key.ciphers());
        Encryption.SharedKey odd = assertInstanceOf(
                Encryption.SharedKey.class,
                options("--psk Aff --psk-identity me").encryption());
        assertArrayEquals(key.key(), odd.key());
    }

    @Test
    void takesAProxy() throws FailedException {
        assertEquals(
                new Options.Proxy("px", 1080, null, ""),
                options("--proxy socks5h://px").server().via());
        assertEquals(
                new Options.Proxy("px", 7, "a:b@c%", "d"),
                options("--proxy socks5h://a%3Ab%40c%25:d@px:7").server().via());
        assertEquals(
                new Options.Proxy("px", 1080, "a", ""),
                options("--proxy socks5h://a@px").server().via());
    }

    @Test
    void takesTheRest() throws FailedException {
        Options options = options("-A 127.0.0.9 --nodelay -V 311 -q 2 --timeout 3 -f file -d -v --quiet --json");

        assertEquals("127.0.0.9", options.server().from());
        assertTrue(options.server().noDelay());
        assertEquals(
                new Options.Conversation(ProtocolVersion.MQTT_3_1_1, 2, Duration.ofSeconds(3)), options.conversation());
        assertEquals(new Options.Output(true, true, true, true), options.output());
        assertEquals(Path.of("file"), options.dataFile());
        assertEquals(
                options.output(), options("--debug --verbose --quiet --json").output());
        assertEquals(
                ProtocolVersion.MQTT_3_1, options("-V mqttv31").conversation().version());
        assertEquals(
                ProtocolVersion.MQTT_5,
                options("--protocol-version 5").conversation().version());
        assertEquals(0, options("--qos 0").conversation().qos());
        assertEquals(OptionsReader.Wish.HELP, read("--help -h x").wish());
        assertEquals(OptionsReader.Wish.VERSION, read("--version").wish());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-h|Error: -h argument given but no host specified.",
                "--host|Error: -h argument given but no host specified.",
                "-L|Error: -L argument given but no URL specified.",
                "-A|Error: -A argument given but no address specified.",
                "--cafile|Error: --cafile argument given but no file specified.",
                "--capath|Error: --capath argument given but no directory specified.",
                "--ciphers|Error: --ciphers argument given but no ciphers specified.",
                "--proxy|Error: --proxy argument given but no proxy url specified.",
                "--tls-engine|Error: --tls-engine argument given but no engine_id specified.",
                "-V|Error: --protocol-version argument given but no version specified.",
                "-o|Error: -o argument given but no options file specified.",
                "-f|Error: -f argument given but no data file specified.",
                "--frob|Error: Unknown option '--frob'.",
                "-p 0|Error: Invalid port given: 0",
                "-p x|Error: Invalid port given: x",
                "-p 65536|Error: Invalid port given: 65536",
                "-q 3|Error: Invalid QoS given: 3",
                "--timeout 0|Error: Invalid timeout given: 0",
                "-V 4|Error: Invalid protocol version argument given.",
                "--tls-version x|Error: Invalid TLS version given: x (tlsv1.1, tlsv1.2 or tlsv1.3).",
                "-L http://x|Error: Unsupported URL scheme.",
                "-L x|Error: Unsupported URL scheme.",
                "-L mqtt://|Error: Empty host in URL.",
                "-L mqtt://x:|Error: Empty port in URL.",
                "-L mqtt://x:99999|Error: Invalid port given: 99999",
                "-L mqtt://:p@x|Error: Empty username in URL.",
                "--proxy http://x|Error: Unsupported proxy protocol: http://x",
                "--proxy socks5://bob:s@cret@x|Error: Unsupported proxy protocol: socks5://x",
                "--proxy bob:secret@x|Error: Unsupported proxy protocol: x",
                "-L mqtt://bob:se/cret@x|Error: Invalid port in URL.",
                "--proxy socks5h://a%41@x|Error: Invalid URL encoding in username.",
                "--proxy socks5h://a:%4@x|Error: Invalid URL encoding in password.",
                "--proxy socks5h://:b@x|Error: Invalid proxy.",
                "--cert c|Error: Both certfile and keyfile must be provided if one of them is set.",
                "--keyform pem|Error: If keyform is set, keyfile must be also specified.",
                "--tls-engine e|Error: OpenSSL engines are not supported; give the key as a PEM file.",
                "--tls-engine-kpass-sha1 e|Error: when using tls-engine-kpass-sha1, both tls-engine and keyform must also be provided.",
                "--psk ab|Error: --psk-identity required if --psk used.",
                "--psk-identity ab|Error: --psk required if --psk-identity used.",
                "--psk xy --psk-identity a|Error: --psk is not a hexadecimal number.",
                "--psk ab --psk-identity a --cafile c|Error: Only one of --psk or --cafile/--capath may be used at once.",
                "--psk ab --psk-identity a --tls-version tlsv1.3|Error: --psk is TLS 1.2; it cannot be used with --tls-version tlsv1.3.",
                "--unix s --proxy socks5h://x|Error: --proxy leads to no unix socket; only one of --unix and --proxy may be used.",
                "-P x -V 311|Error: -P needs -u with MQTT 3.1 and 3.1.1."
            })
    void saysWhatIsWrong(String line, String message) {
        assertEquals(message, refused(line));
    }
}

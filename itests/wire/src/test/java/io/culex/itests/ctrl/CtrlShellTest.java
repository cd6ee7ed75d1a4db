// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.ctrl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.culex.itests.real.Screen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A person in the shell of {@code culex_ctrl}: a real terminal, completion, history, passwords that are not shown. */
class CtrlShellTest {
    private static final String UP = "\033OA";

    private final Mosquitto mosquitto = Mosquitto.start();

    @AfterEach
    void end() {
        mosquitto.close();
    }

    @Test
    void aPersonIsHelped() throws Exception {
        String server = "mqtt://127.0.0.1:" + mosquitto.port("main");
        try (Screen screen = Screen.run(mosquitto.boss().environment(), Ctrl.program())) {
            screen.await("> ");
            screen.type("auth boss\n");
            screen.await("Password for boss: ");
            screen.type(Mosquitto.PASSWORD + "\n");
            screen.await("> ");
            screen.type("conn\t" + server + "\n");
            screen.await("connect " + server);
            screen.await(server + "> ");

            screen.type("dyn\t\n");
            screen.await("dynsec");
            screen.await(server + "|dynsec> ");
            screen.type("createClient typed\n");
            screen.await("New password for typed: ");
            screen.type("hunter2\n");
            screen.await("Reenter password for typed: ");
            screen.type("hunter2\n");
            screen.await("|dynsec> ");

            screen.type("getCl\tty\t\n");
            screen.await("getClient typed");
            screen.await("Username:    typed");
            screen.await("|dynsec> ");
            screen.type("nonsense");
            screen.await("nonsense");
            screen.type("\003");
            screen.await("|dynsec> ");
            screen.type(UP + "\n");
            screen.await("getClient typed");
            screen.await("Username:    typed");
            screen.await("|dynsec> ");

            screen.type("getClient nobody\n");
            screen.await("getClient: Error: Client not found.");
            screen.type("return\n");
            screen.await(server + "> ");
            screen.type("disconnect\n");
            screen.type("exit\n");
            assertEquals(0, screen.exit());
            assertFalse(screen.text().contains("hunter2"), screen.text());
            assertFalse(screen.text().contains(Mosquitto.PASSWORD), screen.text());
        }
    }

    @Test
    void endsWithTheInput() throws Exception {
        try (Screen screen = Screen.run(mosquitto.boss().environment(), Ctrl.program())) {
            screen.await("> ");
            screen.type("\004");
            assertEquals(0, screen.exit());
        }
    }

    @Test
    void aCommandAsksWithoutShowingWhatIsTyped() throws Exception {
        String command =
                Ctrl.program() + " -h 127.0.0.1 -p " + mosquitto.port("main") + " -u boss dynsec createClient joe";
        try (Screen screen = Screen.run(mosquitto.boss().environment(), command)) {
            screen.await("New password for joe: ");
            screen.type("hunter2\n");
            screen.await("Reenter password for joe: ");
            screen.type("hunter2\n");
            screen.await("Password for boss: ");
            screen.type(Mosquitto.PASSWORD + "\n");
            assertEquals(0, screen.exit());
            assertFalse(screen.text().contains("hunter2"), screen.text());
        }
        mosquitto.boss().dynsec("getClient", "joe").well();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;

import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.WireClient;
import org.junit.After;
import org.junit.Test;

/** Users of Karaf's own realm as clients of one listener. */
public final class JaasTest {
    private final ConsoleHouse house = ConsoleHouse.shared();

    @After
    public void asBefore() throws Exception {
        house.broker.configure(house.configuration);
        house.ssh.expect("mqtt:reload");
    }

    /** 0, or the code of the refusal. */
    private int login(String user, String password) {
        try (WireClient client = WireClient.open(house.broker.address("jaas"), ProtocolVersion.V5)) {
            client.send(Connect.as("c").user(user).password(password));
            return client.expectConnack().reason();
        }
    }

    @Test
    public void karafsUsersWithTheRoleComeIn() throws Exception {
        house.broker.configure("per_listener_settings true\nlistener {port} 127.0.0.1\nallow_anonymous true\n"
                + "listener {port:jaas} 127.0.0.1\nplugin jaas\nplugin_opt_realm karaf\nplugin_opt_role mqtt\n"
                + house.persistence);
        house.ssh.expect("mqtt:reload");
        assertEquals(0, login("sensor", "secret"));
        assertEquals(0x87, login("sensor", "wrong"));
        assertEquals(0x87, login("other", "secret"));
        assertEquals(0x87, login("nobody", "secret"));
    }
}

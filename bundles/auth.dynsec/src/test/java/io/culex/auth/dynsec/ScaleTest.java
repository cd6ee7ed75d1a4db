// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.auth.Access;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.AclType;
import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFile;
import io.culex.auth.dynsec.model.DefaultAccess;
import io.culex.auth.dynsec.model.Group;
import io.culex.auth.dynsec.model.Ranked;
import io.culex.auth.dynsec.model.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** 10,000 clients with 1,000 roles. The numbers are printed; what is asserted is far from them, for slow machines. */
@Timeout(120)
class ScaleTest {
    private static final int CLIENTS = 10_000;
    private static final int ROLES = 1_000;

    private static Configuration large() {
        String hash = LiveFile.hash("secret", 1);
        List<Role> roles = new ArrayList<>();
        for (int i = 0; i < ROLES; i++) {
            List<Acl> acls = new ArrayList<>();
            for (int j = 0; j < 5; j++) {
                acls.add(Acl.allow(AclType.PUBLISH_CLIENT_SEND, "site/" + i + "/" + j + "/%c/#"));
                acls.add(Acl.allow(AclType.SUBSCRIBE_PATTERN, "site/" + i + "/" + j + "/#"));
            }
            roles.add(Role.of("role" + i, acls));
        }
        List<Client> clients = new ArrayList<>();
        List<List<Ranked>> members = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            members.add(new ArrayList<>());
        }
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Client.of("client" + i, hash)
                    .withRoles(List.of(Ranked.of("role" + i % ROLES), Ranked.of("role" + (i + 7) % ROLES))));
            members.get(i % 100).add(Ranked.of("client" + i));
        }
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            groups.add(Group.of("group" + i)
                    .withRoles(List.of(Ranked.of("role" + i)))
                    .withClients(members.get(i)));
        }
        return new Configuration(0, DefaultAccess.INITIAL, clients, groups, roles, null);
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }

    @Test
    void manyClientsAndRolesAreReadChangedAndAskedQuickly(@TempDir Path folder) throws Exception {
        try (Fixture fixture = new Fixture(folder)) {
            ConfigurationFile.write(fixture.file, large());
            long start = System.nanoTime();
            DynamicSecurity plugin = fixture.open();
            long read = millis(start);

            start = System.nanoTime();
            Fixture.ask(plugin, "addClientRole | \"username\":\"client5\",\"rolename\":\"role9\"");
            long changed = millis(start);

            Subject[] subjects = new Subject[CLIENTS];
            String[] topics = new String[CLIENTS];
            for (int i = 0; i < CLIENTS; i++) {
                subjects[i] = new Subject("id" + i, "client" + i, Peer.of("1883", null));
                topics[i] = "site/" + i % ROLES + "/3/id" + i + "/temperature";
            }
            start = System.nanoTime();
            for (int i = 0; i < CLIENTS; i++) {
                assertEquals(Verdict.ALLOW, plugin.check(Access.WRITE, subjects[i], topics[i]));
            }
            long compiled = millis(start);

            start = System.nanoTime();
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < CLIENTS; i++) {
                    plugin.check(Access.WRITE, subjects[i], topics[i]);
                }
            }
            long nanos = (System.nanoTime() - start) / (20L * CLIENTS);

            System.out.println("dynsec with " + CLIENTS + " clients and " + ROLES + " roles: read in " + read
                    + " ms, changed and written in " + changed + " ms, compiled for all clients in " + compiled
                    + " ms, one check " + nanos + " ns");
            assertTrue(read < 15_000, () -> "read in " + read + " ms");
            assertTrue(changed < 15_000, () -> "changed in " + changed + " ms");
            assertTrue(compiled < 15_000, () -> "compiled in " + compiled + " ms");
        }
    }
}

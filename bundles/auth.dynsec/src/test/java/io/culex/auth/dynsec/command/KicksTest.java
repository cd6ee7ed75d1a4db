// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.AclType;
import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.DefaultAccess;
import io.culex.auth.dynsec.model.Ranked;
import io.culex.auth.dynsec.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bob has r1 himself and r2 by g1, ann has r2 herself, clients without a name have r1 by anon. */
class KicksTest {
    private static String kicked(Outcome outcome) {
        return kicked(outcome.kicks());
    }

    private static String kicked(Kicks kicks) {
        List<String> all = new ArrayList<>();
        kicks.logins().forEach(name -> all.add("login " + name));
        kicks.rights().forEach(name -> all.add("rights " + name));
        if (kicks.anonymous()) {
            all.add("anonymous");
        }
        return String.join(", ", all);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            textBlock =
                    """
            deleteClient      | "username":"bob"                                    | login bob
            disableClient     | "username":"bob"                                    | login bob
            setClientId       | "username":"bob","clientid":"x"                     | login bob
            setClientPassword | "username":"bob","password":"x"                     | login bob
            modifyClient      | "username":"bob"                                    | rights bob
            modifyClient      | "username":"bob","clientid":"other"                 | login bob
            modifyClient      | "username":"bob","password":"x"                     | login bob
            addClientRole     | "username":"bob","rolename":"r3"                    | rights bob
            removeClientRole  | "username":"bob","rolename":"r1"                    | rights bob
            addGroupClient    | "groupname":"g1","username":"ann"                   | rights ann
            addGroupClient    | "groupname":"g1","username":"bob"                   | rights bob
            removeGroupClient | "groupname":"g1","username":"bob"                   | rights bob
            removeGroupClient | "groupname":"no","username":"bob"                   | rights bob
            addGroupRole      | "groupname":"g1","rolename":"r1"                    | rights bob
            removeGroupRole   | "groupname":"g1","rolename":"r2"                    | rights bob
            addGroupRole      | "groupname":"anon","rolename":"r2"                  | anonymous
            removeGroupRole   | "groupname":"anon","rolename":"r1"                  | anonymous
            deleteGroup       | "groupname":"g1"                                    | rights bob
            modifyGroup       | "groupname":"g1","clients":[{"username":"ann"}]     | rights ann, rights bob
            modifyGroup       | "groupname":"anon"                                  | anonymous
            setAnonymousGroup | "groupname":"g1"                                    | anonymous
            addRoleACL        | "rolename":"r2","acltype":"subscribeLiteral","topic":"t" | rights ann, rights bob
            addRoleACL        | "rolename":"r1","acltype":"subscribeLiteral","topic":"t" | rights bob, anonymous
            removeRoleACL     | "rolename":"r1","acltype":"publishClientSend","topic":"a/b" | rights bob, anonymous
            deleteRole        | "rolename":"r2"                                     | rights ann, rights bob
            modifyRole        | "rolename":"r2","acls":[]                           | rights ann, rights bob
            modifyRole        | "rolename":"r2","allowwildcardsubs":true            | rights ann, rights bob
            """)
    void whoIsMeantIsKicked(String command, String members, String kicked) {
        assertEquals(kicked, kicked(House.run(command + "|" + members)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            modifyRole          | "rolename":"r2","textname":"x"
            modifyRole          | "rolename":"r2","allowwildcardsubs":false
            addRoleACL          | "rolename":"r1","acltype":"publishClientSend","topic":"a/b"
            addRoleACL          | "rolename":"r3","acltype":"publishClientSend","topic":"a/b"
            deleteClient        | "username":"no"
            addClientRole       | "username":"bob","rolename":"no"
            setDefaultACLAccess | "acls":[{"acltype":"subscribe","allow":true}]
            enableClient        | "username":"off"
            createClient        | "username":"n","groups":[{"groupname":"g1"}]
            createGroup         | "groupname":"n"
            createRole          | "rolename":"n"
            getClient           | "username":"bob"
            listRoles           | "verbose":true
            """)
    void otherwiseNobodyIs(String command, String members) {
        assertEquals("", kicked(House.run(command + "|" + members)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            textBlock =
                    """
            createClient        | "username":"n"                                     | ``
            modifyClient        | "username":"bob","textname":"x"                    | ``
            addRoleACL          | "rolename":"r3","acltype":"subscribeLiteral","topic":"t" | ``
            modifyRole          | "rolename":"r1","textname":"x","textdescription":"y" | ``
            modifyGroup         | "groupname":"anon","textname":"x"                 | ``
            modifyRole          | "rolename":"r1","acls":[{"acltype":"publishClientSend","topic":"a/b","priority":5,"allow":false}] | rights bob, anonymous
            deleteClient        | "username":"bob"                                   | login bob
            disableClient       | "username":"ann"                                   | login ann
            setClientId         | "username":"bob","clientid":"x"                    | login bob
            setClientPassword   | "username":"ann","password":"x"                    | login ann
            addRoleACL          | "rolename":"r1","acltype":"subscribeLiteral","topic":"t" | rights bob, anonymous
            modifyRole          | "rolename":"r2","allowwildcardsubs":true           | rights ann, rights bob
            removeGroupClient   | "groupname":"g1","username":"bob"                  | rights bob
            setAnonymousGroup   | "groupname":"g1"                                   | anonymous
            """)
    void whenAnotherConfigurationTakesItsPlaceThoseAreKickedForWhomItDiffers(
            String command, String members, String kicked) {
        Configuration after = House.run(command + "|" + members).after();
        assertEquals(kicked, kicked(Kicks.between(House.configuration(), after)));
    }

    @Test
    void aRequestKicksEveryoneWhomItsCommandsMean() {
        assertEquals(
                "login bob, rights ann",
                kicked(House.run(
                        "disableClient|\"username\":\"bob\"",
                        "addClientRole|\"username\":\"ann\",\"rolename\":\"r1\"",
                        "deleteRole|\"rolename\":\"no\"")));
    }

    /** Ten thousand clients have one large role, in which the last ACL is another one. */
    private static Configuration crowd(String last) {
        List<Acl> acls = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            acls.add(Acl.allow(AclType.PUBLISH_CLIENT_SEND, "site/" + i));
        }
        acls.add(Acl.allow(AclType.PUBLISH_CLIENT_SEND, last));
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            clients.add(Client.of("client" + i, null).withRoles(List.of(Ranked.of("large"))));
        }
        List<Role> roles = List.of(Role.of("large", acls));
        return new Configuration(0, DefaultAccess.NOTHING, clients, List.of(), roles, null);
    }

    @Test
    void aRoleThatManyHaveIsComparedOnceForAllOfThem() {
        Configuration before = crowd("a");
        Configuration after = crowd("b");

        Kicks kicks = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Kicks.between(before, after));

        assertEquals(10_000, kicks.rights().size());
        assertEquals(0, kicks.logins().size());
        assertFalse(kicks.anonymous());
        assertTrue(Kicks.between(before, crowd("a")).isEmpty());
    }
}

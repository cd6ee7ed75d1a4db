// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFormat;
import io.culex.auth.dynsec.model.InvalidConfigurationException;
import io.culex.auth.dynsec.model.TieOrder;
import java.util.List;

/** A small configuration with one of everything, and an environment without secrets. */
final class House {
    private static final String TEXT =
            """
            {"changeIndex": 8,
             "defaultACLAccess": {"publishClientReceive": true, "unsubscribe": true},
             "clients": [
               {"username": "ann", "roles": [{"rolename": "r2"}]},
               {"username": "bob", "clientid": "bobid", "textname": "Bob", "encoded_password": "hash of secret",
                "roles": [{"rolename": "r1", "priority": 3}]},
               {"username": "off", "disabled": true}],
             "groups": [
               {"groupname": "anon", "roles": [{"rolename": "r1"}]},
               {"groupname": "g1", "textdescription": "first", "roles": [{"rolename": "r2", "priority": 7}],
                "clients": [{"username": "bob", "priority": 2}]}],
             "anonymousGroup": "anon",
             "roles": [
               {"rolename": "r1", "acls": [
                 {"acltype": "subscribePattern", "topic": "x/#", "priority": 0, "allow": false},
                 {"acltype": "publishClientSend", "topic": "a/b", "priority": 5, "allow": true}]},
               {"rolename": "r2", "allowwildcardsubs": false},
               {"rolename": "r3"}]}
            """;

    private static final Commands COMMANDS = new Commands();

    static final Environment ENVIRONMENT = new Environment() {
        @Override
        public String hash(String password) {
            return "hash of " + password;
        }

        @Override
        public List<String> connections(String username) {
            return username.equals("bob") ? List.of("127.0.0.1") : List.of();
        }

        @Override
        public TieOrder tieOrder() {
            return TieOrder.INSERTION;
        }
    };

    private House() {}

    static Configuration configuration() {
        try {
            return ConfigurationFormat.read(TEXT, warning -> {});
        } catch (InvalidConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Carries out commands, each given as {@code name | members}. */
    static Outcome run(String... commands) {
        StringBuilder body = new StringBuilder("{\"commands\":[");
        for (String command : commands) {
            int bar = command.indexOf('|');
            String name = (bar < 0 ? command : command.substring(0, bar)).trim();
            String members = bar < 0 ? "" : command.substring(bar + 1).trim();
            body.append(body.charAt(body.length() - 1) == '[' ? "" : ",")
                    .append("{\"command\":\"")
                    .append(name)
                    .append('"')
                    .append(members.isEmpty() ? "" : "," + members)
                    .append('}');
        }
        return request(body.append("]}").toString());
    }

    static Outcome request(String body) {
        return COMMANDS.run(configuration(), body, ENVIRONMENT);
    }
}

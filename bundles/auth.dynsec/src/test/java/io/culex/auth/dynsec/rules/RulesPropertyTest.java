// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.AclType;
import io.culex.auth.dynsec.model.Client;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFormat;
import io.culex.auth.dynsec.model.DefaultAccess;
import io.culex.auth.dynsec.model.Event;
import io.culex.auth.dynsec.model.Group;
import io.culex.auth.dynsec.model.Ranked;
import io.culex.auth.dynsec.model.Role;
import io.culex.auth.dynsec.model.TieOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compiled rules decide as rules that are read one after the other, for configurations and accesses made at random. */
class RulesPropertyTest {
    private static final String[] NAMES = {"a", "b", "c"};
    private static final String[] LEVELS = {"a", "b", "c", ""};

    private final Random random = new Random(7);

    private String any(String... of) {
        return of[random.nextInt(of.length)];
    }

    private String topic(String... levels) {
        String[] path = new String[1 + random.nextInt(3)];
        Arrays.setAll(path, i -> any(levels));
        String topic = String.join("/", path);
        return random.nextInt(8) == 0 ? "$CONTROL/" + topic : topic;
    }

    private String filter(boolean names) {
        String filter = names ? topic("a", "b", "c", "", "+", "%c", "%u") : topic("a", "b", "c", "", "+");
        return switch (random.nextInt(5)) {
            case 0 -> filter + "/#";
            case 1 -> "#";
            default -> filter;
        };
    }

    private List<Ranked> list() {
        Map<String, Ranked> list = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = any(NAMES);
            list.put(name, new Ranked(name, random.nextInt(3) - 1));
        }
        return List.copyOf(list.values());
    }

    private Role role(String name) {
        Map<Acl.Key, Acl> acls = new LinkedHashMap<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            AclType type = AclType.values()[random.nextInt(AclType.values().length)];
            Acl acl = new Acl(type, filter(!type.isLiteral()), random.nextInt(3), random.nextBoolean());
            acls.putIfAbsent(acl.key(), acl);
        }
        return Role.of(name, List.copyOf(acls.values())).withWildcardSubs(random.nextInt(4) > 0);
    }

    private Configuration configuration() {
        List<Role> roles = new ArrayList<>();
        List<Client> clients = new ArrayList<>();
        List<Group> groups = new ArrayList<>();
        for (String name : NAMES) {
            roles.add(role(name));
            clients.add(Client.of(name, null).withRoles(list()));
            groups.add(Group.of(name).withRoles(list()).withClients(list()));
        }
        DefaultAccess defaults = new DefaultAccess(
                random.nextBoolean(), random.nextBoolean(), random.nextBoolean(), random.nextBoolean());
        return new Configuration(0, defaults, clients, groups, roles, random.nextBoolean() ? any(NAMES) : null);
    }

    private @Nullable String user() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> "unknown";
            default -> any(NAMES);
        };
    }

    @ParameterizedTest
    @EnumSource(TieOrder.class)
    void compiledRulesDecideAsTheSpecificationReads(TieOrder order) {
        Rules rules = Rules.of(Configuration.EMPTY, order);
        int allowed = 0;
        for (int i = 0; i < 400; i++) {
            Configuration configuration = configuration();
            rules = rules.next(configuration);
            NaiveRules naive = new NaiveRules(configuration, order == TieOrder.ALPHABETICAL);
            for (int j = 0; j < 200; j++) {
                Event event = Event.values()[random.nextInt(4)];
                boolean topical = event == Event.PUBLISH_CLIENT_SEND || event == Event.PUBLISH_CLIENT_RECEIVE;
                String topic = topical ? topic(LEVELS) : filter(false);
                String user = user();
                String clientId = any(NAMES);
                Decision decision = rules.decide(event, user, clientId, topic);
                Boolean expected = naive.decide(event, user, clientId, topic);
                String question = event + " " + user + " " + clientId + " " + topic;
                assertEquals(
                        expected,
                        decision.by() == Decision.By.UNKNOWN_CLIENT ? null : decision.allowed(),
                        () -> question + " in " + ConfigurationFormat.write(configuration));
                allowed += decision.allowed() ? 1 : 0;
            }
        }
        assertTrue(allowed > 10_000 && allowed < 70_000, "one answer only would show nothing: " + allowed);
    }
}

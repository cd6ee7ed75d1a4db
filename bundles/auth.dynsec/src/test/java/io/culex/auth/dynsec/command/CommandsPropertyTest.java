// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFormat;
import io.culex.auth.dynsec.model.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is asked for: a configuration stays whole, and nothing but an answer comes of it. */
class CommandsPropertyTest {
    private static final String[] NAMES = {"a", "b", "c", "", "no\u0001", "ann", "bob", "g1", "r1"};
    private static final String[] TOPICS = {"a", "a/#", "+/b", "%c/x", "#", "a/#/b", "", "$share/g/a"};

    private final Random random = new Random(11);
    private final List<Command> commands = List.copyOf(new Commands().all());

    private String any(String... of) {
        return of[random.nextInt(of.length)];
    }

    private String command() {
        Command command = commands.get(random.nextInt(commands.size()));
        StringBuilder text = new StringBuilder("{\"command\":\"" + command.name() + "\"");
        for (Command.Argument argument : command.arguments()) {
            if (argument.required() || random.nextBoolean()) {
                text.append(",\"").append(argument.name()).append("\":").append(value(argument));
            }
        }
        return text.append('}').toString();
    }

    private String value(Command.Argument argument) {
        if (random.nextInt(30) == 0) {
            return any("1", "null", "{}", "[]", "\"x\"", "true", "[1]", "[{}]");
        }
        return switch (argument.kind()) {
            case TEXT -> '"' + text(argument.name()).replace("\u0001", "\\u0001") + '"';
            case NUMBER -> String.valueOf(random.nextInt(7) - 2);
            case FLAG -> String.valueOf(random.nextBoolean());
            case ROLES -> list("rolename");
            case GROUPS -> list("groupname");
            case CLIENTS -> list("username");
            case ACLS ->
                "[{\"acltype\":\"" + text("acltype") + "\",\"topic\":\"" + any(TOPICS)
                        + "\",\"allow\":true},{\"acltype\":\"subscribePattern\",\"topic\":\"#\"}]";
        };
    }

    private String text(String name) {
        return switch (name) {
            case "acltype" -> any("publishClientSend", "subscribeliteral", "unsubscribePattern", "subscribe", "x");
            case "topic" -> any(TOPICS);
            default -> any(NAMES);
        };
    }

    private String list(String member) {
        StringBuilder list = new StringBuilder("[");
        for (int i = random.nextInt(3); i > 0; i--) {
            String name = any("a", "b", "bob", "g1", "r1");
            list.append(list.length() > 1 ? "," : "")
                    .append("{\"" + member + "\":\"" + name + "\",\"priority\":" + random.nextInt(3) + "}");
        }
        return list.append(']').toString();
    }

    private static void isWhole(Configuration configuration) throws InvalidConfigurationException {
        List<String> warnings = new ArrayList<>();
        String written = ConfigurationFormat.write(configuration);
        Configuration read = ConfigurationFormat.read(written, warnings::add);
        warnings.removeIf(line -> line.contains("its password cannot be used"));
        assertEquals(List.of(), warnings, written);
        assertEquals(written, ConfigurationFormat.write(read));
    }

    @Test
    void aConfigurationStaysWholeWhateverIsAskedFor() throws Exception {
        Configuration now = House.configuration();
        int changes = 0;
        int refusals = 0;
        for (int i = 0; i < 5_000; i++) {
            String body = "{\"commands\":[" + command() + "," + command() + "]}";
            Outcome outcome = new Commands().run(now, body, House.ENVIRONMENT);
            assertEquals(2, outcome.replies().size(), body);
            assertEquals(now.changeIndex() + outcome.changes(), outcome.after().changeIndex());
            now = outcome.after();
            changes += outcome.changes();
            refusals += (int) outcome.replies().stream()
                    .filter(reply -> reply.error() != null)
                    .count();
            if (i % 20 == 0) {
                isWhole(now);
            }
        }
        assertTrue(changes > 1_000 && refusals > 1_000, changes + " changes, " + refusals + " refusals");
    }

    @Test
    void whatIsNoRequestIsAnsweredAndChangesNothingElse() throws Exception {
        Configuration start = House.configuration();
        for (int i = 0; i < 5_000; i++) {
            StringBuilder body = new StringBuilder("{\"commands\":[" + command() + "]}");
            for (int j = random.nextInt(4); j >= 0 && body.length() > 1; j--) {
                int at = random.nextInt(body.length());
                switch (random.nextInt(3)) {
                    case 0 -> body.deleteCharAt(at);
                    case 1 -> body.insert(at, any("{", "}", "[", "]", "\"", ",", ":", "\\", "1", "\ud800"));
                    default -> body.setLength(Math.max(1, at));
                }
            }
            Outcome outcome = new Commands().run(start, body.toString(), House.ENVIRONMENT);
            assertTrue(outcome.body().startsWith("{\"responses\":["), body.toString());
            if (i % 20 == 0) {
                isWhole(outcome.after());
            }
        }
    }
}

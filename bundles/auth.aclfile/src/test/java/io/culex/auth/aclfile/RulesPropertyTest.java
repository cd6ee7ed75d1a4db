// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.message.TopicFilter;
import io.culex.api.message.TopicName;
import io.culex.security.file.InvalidFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random files, asked about random topics: the compiled rules and the naive evaluation say the same. */
class RulesPropertyTest {
    private static final int FILES = 3000;
    private static final int QUESTIONS = 60;
    private static final List<String> LEVELS = List.of("", "a", "b", "ab", "$a", "$", "%u", "%c", "x%u", "ä");
    private static final List<String> WILD = List.of("+", "+", "#", "%u", "%c", "a");
    private static final List<String> NAMES = List.of("a", "b", "", "a/b", "+", "b#", "$a", "%u", "%c", "ä");

    private final Random random = new Random(4711);

    @Test
    void theCompiledRulesDecideAsTheNaiveOnes() throws InvalidFileException {
        Map<Rules.Decision, Integer> seen = new EnumMap<>(Rules.Decision.class);
        for (int i = 0; i < FILES; i++) {
            List<NaiveAcl.Rule> rules = rules();
            String[] lines = lines(rules);
            Acl compiled = new Acl(lines);
            NaiveAcl naive = new NaiveAcl(rules);
            for (int q = 0; q < QUESTIONS; q++) {
                Grant wanted = random.nextBoolean() ? Grant.READ : Grant.WRITE;
                String client = pick(NAMES);
                String user = name();
                String topic = topic();
                Rules.Decision expected = naive.decide(wanted, client, user, topic);
                assertEquals(
                        expected,
                        compiled.rules.decide(wanted, client, user, topic),
                        () -> wanted + " " + user + " " + client + " " + topic + " by " + Arrays.toString(lines));
                seen.merge(expected, 1, Integer::sum);
            }
        }
        for (Rules.Decision decision : Rules.Decision.values()) {
            assertTrue(seen.getOrDefault(decision, 0) > FILES, "too few cases of " + decision + ": " + seen);
        }
    }

    private List<NaiveAcl.Rule> rules() {
        List<NaiveAcl.Rule> rules = new ArrayList<>();
        int count = random.nextInt(8);
        String owner = null;
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) == 0) {
                owner = pick(NAMES.stream().filter(name -> !name.isEmpty()).toList());
            }
            Grant grant = pick(List.of(Grant.values()));
            rules.add(new NaiveAcl.Rule(random.nextInt(3) == 0, owner, grant, filter()));
        }
        return rules;
    }

    private static String[] lines(List<NaiveAcl.Rule> rules) {
        List<String> lines = new ArrayList<>();
        String owner = null;
        for (NaiveAcl.Rule rule : rules) {
            String next = rule.owner();
            if (next != null && !next.equals(owner)) {
                lines.add("user " + next);
                owner = next;
            }
            lines.add(rule.line());
        }
        return lines.toArray(new String[0]);
    }

    private String filter() {
        while (true) {
            String filter = IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(i -> random.nextInt(2) == 0 ? pick(WILD) : pick(LEVELS))
                    .collect(Collectors.joining("/"));
            if (TopicFilter.isValid(filter)) {
                return filter;
            }
        }
    }

    private String topic() {
        while (true) {
            String topic = IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(i -> pick(LEVELS))
                    .collect(Collectors.joining("/"));
            if (TopicName.isValid(topic)) {
                return topic;
            }
        }
    }

    private @Nullable String name() {
        return random.nextInt(4) == 0 ? null : pick(NAMES);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}

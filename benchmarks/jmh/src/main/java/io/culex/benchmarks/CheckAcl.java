// SPDX-License-Identifier: Apache-2.0
package io.culex.benchmarks;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.message.TopicFilter;
import io.culex.auth.aclfile.AclFile;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One access by an ACL file of 1,000 users with 20 rules each, each user in turn: what a message costs whose permission no cache
 * knows. {@code ruleByRule} walks one user's rules as they stand in the file.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class CheckAcl {
    private static final int USERS = 1000;
    private static final int RULES = 20;

    private final Subject[] subjects = new Subject[USERS];
    private final String[] allowed = new String[USERS];
    private final String[] denied = new String[USERS];
    private final String[] filters = new String[RULES];
    private Authorizer rules = new Nobody();
    private int next;

    /** Writes the file and reads it. */
    @Setup
    public void load() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int user = 0; user < USERS; user++) {
            text.append("user user").append(user).append('\n');
            for (int rule = 0; rule < RULES; rule++) {
                text.append(rule == 0 ? "topic deny " : "topic ")
                        .append(filter(user, rule))
                        .append('\n');
            }
            subjects[user] = new Subject("client" + user, "user" + user, Peer.of("1883", null));
            allowed[user] = "plant/" + user + "/hall/device" + (RULES - 1) + "/temperature";
            denied[user] = "plant/" + user + "/hall/device" + RULES + "/temperature";
        }
        for (int rule = 0; rule < RULES; rule++) {
            filters[rule] = filter(0, rule);
        }
        Path file = Files.writeString(Files.createTempFile("acl", ".txt"), text);
        rules = new AclFile((AclFile.Config) Proxy.newProxyInstance(
                CheckAcl.class.getClassLoader(),
                new Class<?>[] {AclFile.Config.class},
                (proxy, method, none) ->
                        method.getName().equals("acl__file") ? file.toString() : method.getDefaultValue()));
        Files.delete(file);
    }

    /** Before the file is read. */
    private static final class Nobody implements Authorizer {
        @Override
        public Verdict check(Access access, Subject subject, String topic) {
            return Verdict.DENY;
        }

        @Override
        public long changes() {
            return 0;
        }
    }

    private static String filter(int user, int rule) {
        return "plant/" + user + "/+/device" + rule + "/#";
    }

    /** The last of the user's rules allows it. */
    @Benchmark
    public Verdict allowed() {
        next = next + 1 == USERS ? 0 : next + 1;
        return rules.check(Access.WRITE, subjects[next], allowed[next]);
    }

    /** No rule allows it. */
    @Benchmark
    public Verdict denied() {
        next = next + 1 == USERS ? 0 : next + 1;
        return rules.check(Access.WRITE, subjects[next], denied[next]);
    }

    /** The rules of one user, one after another. */
    @Benchmark
    public boolean ruleByRule() {
        boolean matches = false;
        for (String filter : filters) {
            matches |= TopicFilter.matches(filter, allowed[0]);
        }
        return matches;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.culex.security.file.InvalidFileException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A table of cases from SPEC C.2, with the classes of bugs of SPEC H.9 that concern permissions. */
class RulesTest {
    private static final @Nullable String NOBODY = null;
    private static final String C = "client";

    @ParameterizedTest(name = "{0}: {1} as {2} on {3} may {4}")
    @MethodSource({"lists", "orders", "wildcards", "dollars", "patterns", "names", "history"})
    void decidesAsMosquittoDoes(String file, @Nullable String user, String client, String topic, String may)
            throws InvalidFileException {
        assertEquals(may, new Acl(file.split("; ")).may(user, client, topic));
    }

    static Stream<Arguments> lists() {
        String both = "topic read all; user bob; topic read own";
        return Stream.of(
                arguments(both, NOBODY, C, "all", "r"),
                arguments(both, "bob", C, "all", "-"), // lines before the first user are for the anonymous only
                arguments(both, "bob", C, "own", "r"),
                arguments(both, NOBODY, C, "own", "-"),
                arguments(both, "eve", C, "all", "-"),
                arguments(both, "eve", C, "own", "-"),
                arguments(both, "", C, "all", "-"), // an empty user name is a user name
                arguments("user bob; topic a; user eve; topic b; user bob; topic c", "bob", C, "a", "rw"),
                arguments("user bob; topic a; user eve; topic b; user bob; topic c", "bob", C, "c", "rw"),
                arguments("user bob; topic a; user eve; topic b; user bob; topic c", "bob", C, "b", "-"),
                arguments("user bob", "bob", C, "a", "-"));
    }

    static Stream<Arguments> orders() {
        return Stream.of(
                arguments("topic read a/#; topic deny a/b", NOBODY, C, "a/b", "-"),
                arguments("topic deny a/b; topic read a/#", NOBODY, C, "a/b", "-"),
                arguments("topic deny a/b; topic read a/#", NOBODY, C, "a/c", "r"),
                arguments("topic deny a/#; topic a/b", NOBODY, C, "a/b", "-"),
                // a match with the wrong access goes on to the next rule
                arguments("topic read a/b; topic write a/+", NOBODY, C, "a/b", "rw"),
                arguments("topic read a/b; topic write a/+", NOBODY, C, "a/c", "w"),
                arguments("user bob; topic read a; pattern write +; pattern read %u", "bob", C, "a", "rw"),
                // a deny of the user beats every pattern, a deny of a pattern comes after what the user may
                arguments("user bob; topic deny a/bob; pattern readwrite a/%u", "bob", C, "a/bob", "-"),
                arguments("user bob; topic a/bob; pattern deny a/%u", "bob", C, "a/bob", "rw"),
                arguments("user bob; topic read a/bob; pattern deny a/%u", "bob", C, "a/bob", "r"),
                arguments("user bob; topic a/bob; pattern deny a/%u", "eve", C, "a/eve", "-"),
                arguments("pattern readwrite a/%u; pattern deny a/+", "bob", C, "a/bob", "-"),
                arguments("user bob; topic x; pattern readwrite a/%u", "bob", C, "a/bob", "rw"),
                arguments("pattern readwrite a/%u; user bob; topic x", "bob", C, "a/bob", "rw"));
    }

    static Stream<Arguments> wildcards() {
        return Stream.of(
                arguments("topic a/#", NOBODY, C, "a", "rw"),
                arguments("topic a/#", NOBODY, C, "a/b/c", "rw"),
                arguments("topic a/#", NOBODY, C, "ab", "-"),
                arguments("topic a/+", NOBODY, C, "a", "-"),
                arguments("topic a/+", NOBODY, C, "a/", "rw"),
                arguments("topic a/+", NOBODY, C, "a/b/c", "-"),
                arguments("topic +/+", NOBODY, C, "/", "rw"),
                arguments("topic +", NOBODY, C, "/", "-"),
                arguments("topic /a", NOBODY, C, "a", "-"),
                arguments("topic a//b", NOBODY, C, "a//b", "rw"),
                arguments("topic a/+/b", NOBODY, C, "a//b", "rw"),
                arguments("topic +/+/#", NOBODY, C, "a/b", "rw"),
                arguments("topic #", NOBODY, C, "a/b/c", "rw"),
                arguments("topic a/b; topic deny a/+/c; topic a/b/#", NOBODY, C, "a/b/c", "-"),
                arguments("topic a/b; topic deny a/+/c; topic a/b/#", NOBODY, C, "a/b/d", "rw"),
                arguments("topic A/b", NOBODY, C, "a/b", "-"),
                arguments("topic ä/日本", NOBODY, C, "ä/日本", "rw"));
    }

    static Stream<Arguments> dollars() {
        return Stream.of(
                arguments("topic #", NOBODY, C, "$SYS/broker/uptime", "-"),
                arguments("topic +/broker/#", NOBODY, C, "$SYS/broker/uptime", "-"),
                arguments("topic read $SYS/#", NOBODY, C, "$SYS/broker/uptime", "r"),
                arguments("topic read $SYS/#", NOBODY, C, "$SYS", "r"),
                arguments("topic read $SYS/broker/+", NOBODY, C, "$SYS/broker/uptime", "r"),
                arguments("topic read $SYS/#; topic deny #", NOBODY, C, "$SYS/broker/uptime", "r"),
                arguments("topic read $SYS/#; topic deny $SYS/broker/uptime", NOBODY, C, "$SYS/broker/uptime", "-"),
                arguments("topic $CONTROL/dynamic-security/#", NOBODY, C, "$CONTROL/dynamic-security/v1", "rw"),
                arguments("topic $SYS/#", NOBODY, C, "a", "-"),
                arguments("topic a/$b", NOBODY, C, "a/$b", "rw"),
                arguments("topic a/+", NOBODY, C, "a/$b", "rw"),
                // a name that begins with '$' opens no topic that the pattern was not meant for
                arguments("pattern %u/#", "$SYS", C, "$SYS/broker/uptime", "-"),
                arguments("pattern %c/#", "bob", "$CONTROL", "$CONTROL/dynamic-security/v1", "-"),
                arguments("pattern $SYS/%u", "bob", C, "$SYS/bob", "rw"));
    }

    static Stream<Arguments> patterns() {
        return Stream.of(
                arguments("pattern read a/%u/#", "bob", C, "a/bob/x", "r"),
                arguments("pattern read a/%u/#", "bob", C, "a/bob", "r"),
                arguments("pattern read a/%u/#", "bob", C, "a/eve", "-"),
                arguments("pattern read a/%u/#", "bob", C, "a/bobby", "-"),
                arguments("pattern read a/%u/#", "bob", C, "a/%u", "-"),
                arguments("pattern write %c/out", "bob", C, "client/out", "w"),
                arguments("pattern write %c/%u/+", "bob", C, "client/bob/x", "w"),
                arguments("pattern write %c/%u/+", "bob", C, "bob/client/x", "-"),
                arguments("pattern a/%c", NOBODY, C, "a/client", "rw"),
                arguments("pattern a/%u", NOBODY, C, "a/", "-"),
                arguments("pattern a/%u", NOBODY, C, "a/null", "-"),
                arguments("pattern a/%u", "", C, "a/", "-"), // an empty name matches no level
                arguments("pattern a/x%u", "bob", C, "a/xbob", "-"), // only a whole level stands for a name
                arguments("pattern a/x%u", "bob", C, "a/x%u", "rw"),
                arguments("pattern a/b", "bob", C, "a/b", "rw"),
                arguments("topic a/%u", NOBODY, C, "a/%u", "rw"), // in a topic line it is text
                arguments("topic a/%c", NOBODY, C, "a/client", "-"));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments("pattern a/%c", "bob", "a/b", "a/a/b", "-"), // a name with '/' matches no single level
                arguments("pattern a/%u", "a/b", C, "a/a/b", "-"),
                arguments("pattern a/%c", "bob", "%u", "a/%u", "rw"), // what is put in is not looked at again
                arguments("pattern a/%c", "bob", "%u", "a/bob", "-"),
                arguments("pattern a/+", "bob", "a/b", "a/x", "rw"));
    }

    static Stream<Arguments> history() {
        String patterns = "user bob; topic own; pattern a/%u/%c; pattern b/#";
        return Stream.of(
                // CVE-2017-7650: wildcards in names
                arguments("pattern a/%c", "bob", "+", "a/x", "-"),
                arguments("pattern a/%c", "bob", "#", "a/x/y", "-"),
                arguments("pattern a/%u", "#", C, "a/x", "-"),
                arguments("pattern a/%u", "+", C, "a/+", "-"),
                arguments(patterns, "bob", "x+", "b/x", "-"),
                arguments(patterns, "bob", "x#", "own", "rw"), // what the user may is decided before patterns
                arguments("user bob; topic own", "bob", "x#", "own", "rw"),
                arguments("user #; topic own", "#", C, "own", "rw"),
                // CVE-2018-12550: an empty file denies everything
                arguments("", NOBODY, C, "a", "-"),
                arguments("# nothing", "bob", C, "a", "-"),
                arguments("", "bob", C, "$SYS/broker/uptime", "-"),
                // CVE-2018-12543: publishing to any topic with '$'
                arguments("topic a", NOBODY, C, "$", "-"),
                arguments("topic #", NOBODY, C, "$/x", "-"),
                arguments("topic #", NOBODY, C, "$x", "-"));
    }

    /** CVE-2019-11779: a topic as deep as it may be. */
    @Test
    void decidesAboutTheDeepestTopic() throws InvalidFileException {
        String deep = "a/".repeat(200) + "a";

        assertEquals("rw", new Acl("topic " + "+/".repeat(200) + "+").may(null, C, deep));
        assertEquals("rw", new Acl("pattern " + "%u/".repeat(200) + "%u").may("a", C, deep));
        assertEquals("-", new Acl("topic " + "+/".repeat(199) + "+").may(null, C, deep));
    }

    @Test
    void callsAWildcardInANameDangerous() throws InvalidFileException {
        Rules rules = new Acl("pattern a/%c").rules;

        assertEquals(Rules.Decision.DANGEROUS, rules.decide(Grant.READ, "a#", "bob", "x"));
        assertEquals(Rules.Decision.DANGEROUS, rules.decide(Grant.READ, C, "b+b", "x"));
        assertEquals(Rules.Decision.DENIED, rules.decide(Grant.READ, "a/b", "bob", "x"));
        assertEquals(Rules.Decision.DENIED, new Acl("topic a").rules.decide(Grant.READ, "a#", null, "x"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.complete;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.admin.Ban;
import io.culex.api.admin.Bans;
import io.culex.api.admin.BrokerAdmin;
import io.culex.api.admin.PluginInfo;
import io.culex.api.admin.PluginInspection;
import io.culex.api.admin.RetainedInfo;
import io.culex.api.admin.RetainedMessages;
import io.culex.api.admin.SessionInfo;
import io.culex.api.admin.TopicSeen;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.ArgumentCommandLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tab key offers behind what was typed; a space ends what it offers. */
class CompletersTest {
    private static final Session NO_SESSION = service(Session.class, (proxy, method, arguments) -> null);

    /** A service that answers every question in the same way. */
    private static <T> T service(Class<T> type, InvocationHandler answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answer));
    }

    private static <T> T answering(Class<T> type, Object answer) {
        return service(type, (proxy, method, arguments) -> answer);
    }

    private static <T> T failing(Class<T> type) {
        return service(type, (proxy, method, arguments) -> {
            throw new IllegalStateException("not now");
        });
    }

    /** Gives a completer its service, as Karaf's shell does, and asks it. */
    private static List<String> offered(Completer completer, Object reference, String typed) throws Exception {
        for (Field field : completer.getClass().getDeclaredFields()) {
            if (field.getType().isInstance(reference)) {
                field.setAccessible(true);
                field.set(completer, reference);
            }
        }
        return asked(completer, typed);
    }

    private static List<String> asked(Completer completer, String typed) {
        List<String> candidates = new ArrayList<>();
        completer.complete(NO_SESSION, new ArgumentCommandLine(typed, typed.length()), candidates);
        return candidates;
    }

    /** A whole line, as Karaf's shell gives it to the completer of an argument. */
    private record Line(String typed) implements CommandLine {
        @Override
        public String[] getArguments() {
            return typed.split(" ", -1);
        }

        @Override
        public int getCursorArgumentIndex() {
            return getArguments().length - 1;
        }

        @Override
        public String getCursorArgument() {
            return getArguments()[getCursorArgumentIndex()];
        }

        @Override
        public int getArgumentPosition() {
            return getCursorArgument().length();
        }

        @Override
        public int getBufferPosition() {
            return typed.length();
        }

        @Override
        public String getBuffer() {
            return typed;
        }
    }

    private static List<String> offeredAfter(Completer completer, String typed) {
        List<String> candidates = new ArrayList<>();
        completer.complete(NO_SESSION, new Line(typed), candidates);
        return candidates;
    }

    private static CompletionStage<List<SessionInfo>> sessions(String... ids) {
        return CompletableFuture.completedFuture(List.of(ids).stream()
                .map(id -> new SessionInfo(id, null, false, null, null, 5, Instant.EPOCH, 0, 0, 0, 0))
                .toList());
    }

    @Test
    void offersTheClientsThatBeginThatWay() throws Exception {
        BrokerAdmin admin = answering(BrokerAdmin.class, sessions("kitchen", "lamp-1", "lamp-2"));

        assertEquals(List.of("lamp-1 ", "lamp-2 "), offered(new ClientIds(), admin, "lamp"));
        assertEquals(List.of("kitchen ", "lamp-1 ", "lamp-2 "), offered(new ClientIds(), admin, ""));
        assertEquals(List.of(), offered(new ClientIds(), admin, "nobody"));
    }

    @Test
    void offersOnlySomeOfVeryManyClientsButFindsEachOfThem() throws Exception {
        String[] ids = IntStream.range(0, 5000).mapToObj(i -> "client-" + i).toArray(String[]::new);
        BrokerAdmin admin = answering(BrokerAdmin.class, sessions(ids));

        assertEquals(200, offered(new ClientIds(), admin, "client").size());
        assertEquals(List.of("client-4999 "), offered(new ClientIds(), admin, "client-4999"));
    }

    @Test
    void offersNoClientsWhenTheyCannotBeAsked() throws Exception {
        BrokerAdmin admin =
                answering(BrokerAdmin.class, CompletableFuture.failedFuture(new IllegalStateException("stopping")));

        assertEquals(List.of(), offered(new ClientIds(), admin, ""));
    }

    /** Whoever connects chooses a name: the tab key must not make commands of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x;mqtt:reload",
                "x|mqtt:info",
                "x$(mqtt:reload)",
                "x&",
                "x>f",
                "x<f",
                "x{a}",
                "x[a]",
                "x*",
                "x?",
                "$USER",
                "~",
                "#x",
                "!x",
                "%1",
                "^x^y",
                "a=b",
                "a b",
                "a\tb",
                "a\nb",
                "a'b",
                "a\"b",
                "a`b",
                "a\\b",
                "-x",
                "--json",
                ""
            })
    void offersNoNameThatTheShellWouldReadAsSomethingElse(String name) throws Exception {
        BrokerAdmin admin = answering(BrokerAdmin.class, sessions(name, "zebra-\u00e9:1/+_@.,"));

        assertEquals(List.of("zebra-\u00e9:1/+_@., "), offered(new ClientIds(), admin, ""));
    }

    @Test
    void namesThatAreNotOfferedTakeNoPlaceOfOthers() throws Exception {
        String[] ids = IntStream.range(0, 400)
                .mapToObj(i -> i < 200 ? "c;" + i : "c" + i)
                .toArray(String[]::new);

        assertEquals(
                200,
                offered(new ClientIds(), answering(BrokerAdmin.class, sessions(ids)), "c")
                        .size());
    }

    @Test
    void offersNoTopicThatTheShellWouldReadAsSomethingElse() throws Exception {
        BrokerAdmin admin = answering(
                BrokerAdmin.class,
                List.of(
                        new TopicSeen("house;mqtt:reload", 1, "a", Instant.EPOCH),
                        new TopicSeen("house/lamp", 1, "a", Instant.EPOCH)));
        RetainedMessages retained = service(RetainedMessages.class, (proxy, method, arguments) -> {
            @SuppressWarnings("unchecked")
            Consumer<RetainedInfo> sink = (Consumer<RetainedInfo>) arguments[1];
            sink.accept(new RetainedInfo("house$(mqtt:reload)", 1, 0, null, null));
            sink.accept(new RetainedInfo("house/lamp", 1, 0, null, null));
            return null;
        });

        assertEquals(List.of("house/lamp "), offered(new Topics(), admin, "house"));
        assertEquals(List.of("house/lamp "), offered(new RetainedTopics(), retained, "house"));
    }

    @Test
    void offersTheTopicsThatWereSeen() throws Exception {
        BrokerAdmin admin = answering(
                BrokerAdmin.class,
                List.of(
                        new TopicSeen("house/door", 1, "a", Instant.EPOCH),
                        new TopicSeen("house/lamp", 1, "a", Instant.EPOCH),
                        new TopicSeen("garden", 1, "a", Instant.EPOCH)));

        assertEquals(List.of("house/door ", "house/lamp "), offered(new Topics(), admin, "house/"));
    }

    @Test
    void offersTheTopicsOfRetainedMessages() throws Exception {
        RetainedMessages retained = service(RetainedMessages.class, (proxy, method, arguments) -> {
            assertEquals("#", arguments[0]);
            @SuppressWarnings("unchecked")
            Consumer<RetainedInfo> sink = (Consumer<RetainedInfo>) arguments[1];
            for (int i = 0; i < 2000; i++) {
                sink.accept(new RetainedInfo("kept/" + i, 1, 0, null, null));
            }
            return null;
        });

        assertEquals(
                List.of("kept/77 ", "kept/770 "),
                offered(new RetainedTopics(), retained, "kept/77").subList(0, 2));
        assertEquals(1000, offered(new RetainedTopics(), retained, "").size());
    }

    @Test
    void findsEveryRetainedTopicByItsBeginning() throws Exception {
        RetainedMessages retained = service(RetainedMessages.class, (proxy, method, arguments) -> {
            @SuppressWarnings("unchecked")
            Consumer<RetainedInfo> sink = (Consumer<RetainedInfo>) arguments[1];
            for (int i = 0; i < 2000; i++) {
                sink.accept(new RetainedInfo("kept/" + i, 1, 0, null, null));
            }
            return null;
        });

        assertEquals(List.of("kept/1999 "), offered(new RetainedTopics(), retained, "kept/1999"));
    }

    @Test
    void offersPlugins() throws Exception {
        PluginInspection inspection = answering(
                PluginInspection.class,
                List.of(
                        new PluginInfo("passwords", PluginInfo.State.IN_USE, List.of(), 1, 1, PluginInfo.Usage.NONE),
                        new PluginInfo("jaas", PluginInfo.State.MISSING, List.of(), -1, 0, PluginInfo.Usage.NONE)));

        assertEquals(List.of("jaas ", "passwords "), offered(new PluginNames(), inspection, ""));
        assertEquals(List.of("jaas "), offered(new PluginNames(), inspection, "j"));
    }

    @Test
    void offersWhatIsBannedOfTheKindThatIsAskedFor() throws Exception {
        Bans bans = answering(
                Bans.class,
                List.of(
                        new Ban(Ban.Kind.ID, "loud", "", Instant.EPOCH, null),
                        new Ban(Ban.Kind.USER, "eve", "", Instant.EPOCH, null),
                        new Ban(Ban.Kind.ADDRESS, "192.0.2.0/24", "", Instant.EPOCH, null)));

        BannedValues values = new BannedValues();

        assertEquals(List.of("loud "), offered(values, bans, ""));
        assertEquals(List.of("loud "), offeredAfter(values, "mqtt:unban "));
        assertEquals(List.of("eve "), offeredAfter(values, "mqtt:unban --user "));
        assertEquals(List.of("192.0.2.0/24 "), offeredAfter(values, "unban --address 1"));
    }

    @Test
    void offersTheFeaturesOfCulexAlone() throws Exception {
        Feature[] all = IntStream.range(0, 3)
                .mapToObj(i -> answering(
                        Feature.class,
                        List.of("culex-shell", "ssh", "culex-auth-jaas").get(i)))
                .toArray(Feature[]::new);

        assertEquals(
                List.of("culex-auth-jaas ", "culex-shell "),
                offered(new CulexFeatures(), answering(FeaturesService.class, all), ""));
    }

    @Test
    void offersNoFeaturesWhereThereAreNoneToAsk() throws Exception {
        assertEquals(List.of(), asked(new CulexFeatures(), "culex"));
        assertEquals(List.of(), offered(new CulexFeatures(), failing(FeaturesService.class), ""));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Peer;
import io.culex.api.auth.Subject;
import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import io.culex.api.message.Payload;
import io.culex.auth.dynsec.model.TieOrder;
import io.culex.security.file.InvalidFileException;
import io.culex.testkit.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Plugins over one file, and a broker around them. */
final class Fixture implements AutoCloseable {
    static final Subject ADMIN = new Subject("ctrl", "admin", Peer.of("1883", null));

    final RecordedLog log = new RecordedLog();
    final FakeBroker broker = new FakeBroker();
    final Map<String, String> environment = new HashMap<>();
    final LiveFiles files = new LiveFiles(environment::get, null);
    final Path file;
    private final List<DynamicSecurity> plugins = new ArrayList<>();

    Fixture(Path folder) {
        this.file = folder.resolve("dynamic-security.json");
        files.bindLog(log);
        files.bindAdmin(broker);
    }

    Settings settings() {
        return settings(true, 10, false);
    }

    Settings settings(boolean kicks, int history, boolean watch) {
        return new Settings(
                "dynsec",
                file,
                null,
                TieOrder.INSERTION,
                kicks,
                history,
                watch,
                1,
                new Settings.Hashing(Duration.ofSeconds(10), 1, 100),
                false);
    }

    DynamicSecurity open() throws InvalidFileException {
        return open(settings());
    }

    DynamicSecurity open(Settings settings) throws InvalidFileException {
        DynamicSecurity plugin = new DynamicSecurity(settings, files, System::nanoTime);
        plugin.start();
        plugins.add(plugin);
        return plugin;
    }

    void close(DynamicSecurity plugin) {
        plugins.remove(plugin);
        plugin.close();
    }

    @Override
    public void close() {
        List.copyOf(plugins).forEach(this::close);
    }

    static AuthAnswer login(DynamicSecurity plugin, @Nullable String username, @Nullable String password) {
        return login(plugin, "client", username, password);
    }

    static AuthAnswer login(
            DynamicSecurity plugin, String clientId, @Nullable String username, @Nullable String password) {
        return get(plugin.authenticate(new AuthRequest(
                clientId, username, password == null ? null : Payload.of(password), 5, Peer.of("1883", null))));
    }

    /** The answer to one command, as {@code name | members}; those whom it kicks are kicked. */
    static String ask(DynamicSecurity plugin, String command) {
        int bar = command.indexOf('|');
        String name = (bar < 0 ? command : command.substring(0, bar)).trim();
        String members = bar < 0 ? "" : "," + command.substring(bar + 1).trim();
        return request(plugin, "{\"commands\":[{\"command\":\"" + name + "\"" + members + "}]}");
    }

    static String request(DynamicSecurity plugin, String body) {
        ControlTopic.Answer answer = get(plugin.request(ADMIN, Message.of(plugin.topic(), body)));
        answer.afterwards().run();
        return answer.body();
    }

    static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}

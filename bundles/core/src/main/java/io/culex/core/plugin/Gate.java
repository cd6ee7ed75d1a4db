// SPDX-License-Identifier: Apache-2.0
package io.culex.core.plugin;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.EnhancedAuthenticator;
import io.culex.api.auth.Subject;
import io.culex.api.auth.UserDirectory;
import io.culex.api.auth.Verdict;
import io.culex.api.intercept.Interceptor;
import io.culex.api.message.Message;
import io.culex.api.message.ReasonCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked on one listener, as it stands now. Immutable: a plugin that comes or goes makes a new gate, and whoever
 * remembers an answer remembers the gate that gave it. Any thread.
 */
public final class Gate {
    /** Whether the door is open. */
    public enum State {
        /** Every plugin that must be there is there. */
        OPEN,
        /** One is missing: who needs it waits. */
        WAITING,
        /** One has been missing for too long: who needs it is refused. */
        REFUSING
    }

    /** The refusal that stands for a plugin that failed. */
    private static final AuthAnswer FAILED = new AuthAnswer.Deny(ReasonCode.NOT_AUTHORIZED, "a plugin failed");

    /** The refusal that stands for a plugin that failed in an exchange. */
    public static final EnhancedAuthenticator.Step NO_STEP =
            new EnhancedAuthenticator.Step.Failure(ReasonCode.NOT_AUTHORIZED);

    private final State state;
    private final boolean allowAnonymous;
    private final List<Plugin> plugins;
    private final Plugin[] authorizing;
    private final boolean intercepts;

    Gate(State state, boolean allowAnonymous, List<Plugin> plugins) {
        this.state = state;
        this.allowAnonymous = allowAnonymous;
        this.plugins = List.copyOf(plugins);
        this.authorizing =
                plugins.stream().filter(plugin -> plugin.authorizer() != null).toArray(Plugin[]::new);
        this.intercepts = plugins.stream().anyMatch(p -> p.interceptor() != null);
    }

    /** Whether the door is open. */
    public State state() {
        return state;
    }

    /** Whether everything that is needed is there. */
    public boolean isOpen() {
        return state == State.OPEN;
    }

    /**
     * Whether a denial counts: everything is there, and the plugin that is asked first about accesses has what it decides by. Of one behind
     * it without that says {@link #leavesOpen} what is left to it: nobody else's messages need wait.
     */
    public boolean decides() {
        return state == State.OPEN && (authorizing.length == 0 || authorizing[0].isReady());
    }

    /** Whether an access that is denied may be allowed later: it was left to a plugin that has nothing to decide by. */
    public boolean leavesOpen(Access access, Subject subject, String topic) {
        // Nobody is asked about the access again as long as every plugin has that, as is usual.
        for (int i = 0; state == State.OPEN && i < authorizing.length; i++) {
            if (!authorizing[i].isReady()) {
                return Arrays.stream(authorizing, 0, i).noneMatch(before -> before.decides(access, subject, topic));
            }
        }
        return false;
    }

    /** Whether it cannot decide yet, and will: a plugin is waited for, or has not what it decides by. */
    public boolean isUndecided() {
        return state != State.REFUSING && !decides();
    }

    /** Whether another one would say the same: it has the same services in the same order. */
    boolean isLike(Gate other) {
        return state == other.state
                && allowAnonymous == other.allowAnonymous
                && guards(plugins).equals(guards(other.plugins));
    }

    /** Each service has one of its own. */
    private static List<Guard> guards(List<Plugin> of) {
        return of.stream().map(Plugin::guard).toList();
    }

    /** The plugins that are asked, in their order. */
    List<Plugin> plugins() {
        return plugins;
    }

    /** Whether permissions must be asked for; false: everything is allowed. */
    public boolean authorizes() {
        return authorizing.length > 0;
    }

    /** Whether there are interceptors. */
    public boolean intercepts() {
        return intercepts;
    }

    /**
     * Asks the authenticators in order (SPEC A.4, end). The answer comes on any thread: at once when no plugin takes time.
     */
    public void authenticate(AuthRequest request, Consumer<Decision> decision) {
        if (state != State.OPEN) {
            decision.accept(
                    new Decision(new AuthAnswer.Deny(ReasonCode.SERVER_UNAVAILABLE, "a plugin is missing"), ""));
            return;
        }
        ask(0, false, request, decision);
    }

    @SuppressWarnings("ReferenceEquality") // a plugin may say the same words, and has not failed
    private void ask(int from, boolean deferred, AuthRequest request, Consumer<Decision> decision) {
        for (int i = from; i < plugins.size(); i++) {
            Plugin plugin = plugins.get(i);
            Authenticator authenticator = plugin.authenticator();
            if (authenticator == null) {
                continue;
            }
            CompletionStage<AuthAnswer> stage =
                    plugin.guard().callAsync(() -> authenticator.authenticate(request), FAILED);
            int next = i + 1;
            stage.thenAccept(given -> {
                if (given instanceof AuthAnswer.Defer) {
                    ask(next, true, request, decision);
                } else if (given instanceof AuthAnswer.Ignore) {
                    ask(next, deferred, request, decision);
                } else {
                    if (given instanceof AuthAnswer.Deny) {
                        plugin.guard().refused();
                    }
                    decision.accept(new Decision(given, plugin.name(), given == FAILED));
                }
            });
            return;
        }
        decision.accept(new Decision(deferred ? AuthAnswer.DENY : byDefault(), ""));
    }

    /**
     * Nobody has decided: {@code allow_anonymous} does, also for a client that gives a user name, which nobody has checked then.
     * Plugins that ignore a client are as if they were not there (SPEC A.4, end).
     */
    private AuthAnswer byDefault() {
        return allowAnonymous ? AuthAnswer.ALLOW : AuthAnswer.DENY;
    }

    /** Whether a plugin of this name decides here. */
    public boolean names(String plugin) {
        return plugins.stream().anyMatch(p -> p.name().equals(plugin));
    }

    /** A number that differs when fingerprints may differ though the plugins are the same. */
    public long directoryChanges() {
        long sum = 0;
        for (Plugin plugin : plugins) {
            sum += plugin.directoryChanges();
        }
        return sum;
    }

    /** The fingerprint of a user's entry, in the first plugin that knows the user; null when none does. Does not block. */
    public @Nullable String entry(String username) {
        for (Plugin plugin : plugins) {
            UserDirectory directory = plugin.directory();
            if (directory != null) {
                String entry = plugin.guard()
                        .call(() -> Optional.ofNullable(directory.fingerprint(username)), Optional.<String>empty())
                        .orElse(null);
                if (entry != null) {
                    return entry;
                }
            }
        }
        return null;
    }

    /** Whether an access is allowed (SPEC A.4, end); nothing is while the gate is not open. Does not block. */
    public boolean allows(Access access, Subject subject, String topic) {
        if (state != State.OPEN) {
            return false;
        }
        boolean deferred = false;
        for (Plugin plugin : plugins) {
            Authorizer authorizer = plugin.authorizer();
            if (authorizer == null) {
                continue;
            }
            if (plugin.denies(subject)) {
                return false;
            }
            Verdict verdict = plugin.guard().call(() -> authorizer.check(access, subject, topic), Verdict.DENY);
            if (verdict == Verdict.DENY) {
                plugin.guard().refused();
                return false;
            }
            if (verdict == Verdict.ALLOW) {
                return true;
            }
            deferred |= verdict == Verdict.DEFER;
        }
        return !deferred;
    }

    /** A number that differs when answers may differ though the plugins are the same. */
    public long changes() {
        long sum = 0;
        for (Plugin plugin : authorizing) {
            sum += plugin.changes();
        }
        return sum;
    }

    /** What the interceptors make of a message. Does not block. */
    public Interceptor.Outcome intercept(Subject sender, Message message) {
        Message now = message;
        boolean replaced = false;
        for (Plugin plugin : plugins) {
            Interceptor interceptor = plugin.interceptor();
            if (interceptor == null) {
                continue;
            }
            Message given = now;
            Interceptor.Outcome outcome = plugin.guard()
                    .call(
                            () -> interceptor.publish(sender, given),
                            new Interceptor.Outcome.Drop(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR));
            if (outcome instanceof Interceptor.Outcome.Drop) {
                plugin.guard().refused();
                return outcome;
            }
            if (outcome instanceof Interceptor.Outcome.Replace replace) {
                now = replace.message();
                replaced = true;
            }
        }
        return replaced ? new Interceptor.Outcome.Replace(now) : Interceptor.Outcome.PASS;
    }

    /** The name of the plugin that serves an Authentication Method; empty when nobody does. */
    public String serving(String method) {
        Plugin server = server(method);
        return server == null ? "" : server.name();
    }

    /** Whether an Authentication Method is served here by the very service that serves it at another gate. */
    public boolean serves(String method, Gate other) {
        Plugin server = server(method);
        Plugin before = other.server(method);
        return server != null && before != null && server.guard() == before.guard();
    }

    private @Nullable Plugin server(String method) {
        for (Plugin plugin : plugins) {
            if (plugin.serves(method)) {
                return plugin;
            }
        }
        return null;
    }

    /** The authenticator of an Authentication Method; null when nobody serves it. Never throws, its steps never fail. */
    public EnhancedAuthenticator.@Nullable Exchange begin(String method, AuthRequest request) {
        Plugin plugin = server(method);
        EnhancedAuthenticator enhanced = plugin == null ? null : plugin.enhanced();
        if (plugin == null || enhanced == null) {
            return null;
        }
        Guard guard = plugin.guard();
        EnhancedAuthenticator.Exchange exchange =
                guard.call(() -> enhanced.begin(request), data -> CompletableFuture.completedFuture(NO_STEP));
        return data -> guard.callAsync(() -> exchange.next(data), NO_STEP);
    }
}

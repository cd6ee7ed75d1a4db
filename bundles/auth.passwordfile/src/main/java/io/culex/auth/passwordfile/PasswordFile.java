// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.passwordfile;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.UserDirectory;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricsSource;
import io.culex.security.file.FileMetrics;
import io.culex.security.file.InvalidFileException;
import io.culex.security.file.RuleFile;
import io.culex.security.hash.HashPool;
import io.culex.security.hash.Verified;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Users and passwords of one file (SPEC B.1 to B.3). A client without a user name is none of its business; an unknown user, a
 * wrong and a missing password are refused alike. The file is read when the component is made: a fault in it is a failed
 * activation, so that nothing ever runs with half a file.
 */
@Component(
        service = {Authenticator.class, UserDirectory.class, MetricsSource.class},
        configurationPid = "io.culex.auth.passwordfile",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = PasswordFile.Config.class, factory = true)
public final class PasswordFile implements Authenticator, UserDirectory, MetricsSource {
    private static final CompletionStage<AuthAnswer> IGNORE = CompletableFuture.completedFuture(AuthAnswer.IGNORE);
    private static final CompletionStage<AuthAnswer> DENY = CompletableFuture.completedFuture(AuthAnswer.DENY);
    private static final CompletionStage<AuthAnswer> ALLOW = CompletableFuture.completedFuture(AuthAnswer.ALLOW);
    private static final AuthAnswer BUSY = new AuthAnswer.Deny(ReasonCode.SERVER_BUSY, "too many logins at once");

    /** MQTT 3 has no other word for it: the client is to try again. */
    private static final AuthAnswer UNAVAILABLE =
            new AuthAnswer.Deny(ReasonCode.SERVER_UNAVAILABLE, "too many logins at once");

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CACHE_ENTRIES = 10_000;

    private final SwitchableLog log = new SwitchableLog();
    private final Settings settings;
    private final RuleFile<Map<String, User>> file;
    private final HashPool<AuthAnswer> pool;
    private final Verified verified;
    private final LongAdder checks = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final List<Metric> metrics;

    /** The settings; values are text, as {@code plugin_opt_*} lines give them. */
    @ObjectClassDefinition(name = "Culex password file")
    public @interface Config {
        /** The plugin's name. */
        @AttributeDefinition(description = "The plugin's name, by which listeners ask for it")
        String culex_plugin() default "password_file";

        /** The path of the file. */
        @AttributeDefinition(description = "The path of the password file")
        String password__file() default "";

        /** Whether a change on disk is taken by itself. */
        @AttributeDefinition(type = AttributeType.BOOLEAN, description = "Whether a change on disk is taken by itself")
        String watch() default "false";

        /** How long a right password is remembered. */
        @AttributeDefinition(
                type = AttributeType.INTEGER,
                description = "Seconds for which a right password need not be hashed again; 0: always hashed")
        String cache__seconds() default "10";

        /** Threads that hash. */
        @AttributeDefinition(
                type = AttributeType.INTEGER,
                description = "Passwords hashed at the same time; 0: half as many as there are processors")
        String hash__threads() default "0";

        /** Logins that may wait. */
        @AttributeDefinition(type = AttributeType.INTEGER, description = "Logins that may wait; the rest is told: busy")
        String hash__queue() default "1000";
    }

    /**
     * Reads and checks the file. Blocks on the file system.
     *
     * @throws InvalidFileException when an option or the file is wrong
     */
    @Activate
    public PasswordFile(Config config) throws InvalidFileException {
        this(Settings.of(config), System::nanoTime);
    }

    PasswordFile(Settings settings, LongSupplier nanos) throws InvalidFileException {
        this.settings = settings;
        this.file = new RuleFile<>(settings.file(), new PasswordFileFormat(), log);
        this.pool = new HashPool<>(settings.plugin(), settings.threads(), settings.queue(), PATIENCE, nanos);
        this.verified = new Verified(settings.cacheTime(), CACHE_ENTRIES, nanos);
        this.metrics = new FileMetrics("passwordfile", settings.plugin(), file)
                .gauge("users", "Users in the password file.", () -> file.content()
                        .size())
                .gauge("waiting", "Logins that wait for their password to be hashed.", pool::waiting)
                .counter("checks", "Passwords that were hashed.", checks::sum)
                .counter("cache_hits", "Passwords that need not be hashed again.", hits::sum)
                .counter("refusals", "Logins with an unknown user, or a wrong or no password.", refusals::sum)
                .counter("busy", "Logins refused because too many came at once.", pool::busy)
                .all();
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindLog(BrokerLog service) {
        log.use(service);
    }

    void unbindLog(BrokerLog service) {
        log.drop(service);
    }

    @Activate
    void start() {
        file.start(settings.plugin(), settings.watch());
    }

    @Deactivate
    void close() {
        file.close();
        pool.close();
    }

    @Override
    public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
        String name = request.username();
        if (name == null) {
            return IGNORE;
        }
        User user = file.content().get(name);
        Payload sent = request.password();
        if (user == null || sent == null) {
            refusals.increment();
            return DENY;
        }
        byte[] password = sent.toBytes();
        if (verified.knows(name, user.fingerprint(), password)) {
            hits.increment();
            return ALLOW;
        }
        InetSocketAddress address = request.peer().address();
        InetAddress from = address == null ? null : address.getAddress();
        return pool.run(from, request.protocolLevel() < 5 ? UNAVAILABLE : BUSY, () -> check(name, password));
    }

    /** On a thread of the pool; the file may have changed while the login waited, and while it is hashed. */
    private AuthAnswer check(String name, byte[] password) {
        checks.increment();
        User user = file.content().get(name);
        boolean right = user != null
                && user.hash().verify(password)
                && user.fingerprint().equals(fingerprint(name));
        if (right && user != null) {
            verified.add(name, user.fingerprint(), password);
        } else {
            refusals.increment();
        }
        Arrays.fill(password, (byte) 0);
        return right ? AuthAnswer.ALLOW : AuthAnswer.DENY;
    }

    @Override
    public @Nullable String fingerprint(String username) {
        User user = file.content().get(username);
        return user == null ? null : user.fingerprint();
    }

    @Override
    public long changes() {
        return file.changes();
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }

    /** The file itself, for tests that look at it when they want. */
    RuleFile<Map<String, User>> file() {
        return file;
    }
}

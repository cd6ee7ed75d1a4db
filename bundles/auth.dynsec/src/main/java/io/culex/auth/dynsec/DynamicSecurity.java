// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.auth.Access;
import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.UserDirectory;
import io.culex.api.auth.Verdict;
import io.culex.api.control.ControlTopic;
import io.culex.api.message.Message;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricsSource;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFile;
import io.culex.auth.dynsec.model.Event;
import io.culex.auth.dynsec.model.InvalidConfigurationException;
import io.culex.auth.dynsec.rules.Decision;
import io.culex.auth.dynsec.rules.Rules;
import io.culex.security.file.InvalidFileException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Clients, groups and roles of one file, and the topic by which they are changed (SPEC D). The file is read when the component is
 * made. One that is broken lets nobody in, and is said so loudly: the broker runs, and the file is mended without a restart.
 */
@Component(
        service = {Authenticator.class, Authorizer.class, UserDirectory.class, ControlTopic.class, MetricsSource.class},
        configurationPid = "io.culex.auth.dynsec",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = DynamicSecurity.Config.class, factory = true)
public final class DynamicSecurity implements Authenticator, Authorizer, UserDirectory, ControlTopic, MetricsSource {
    private static final String TOPIC = "$CONTROL/dynamic-security/v1";

    private final LiveFiles files;
    private final Settings settings;
    private final LiveFile file;
    private final Logins logins;
    private final Consumer<State> follower = this::follow;
    private final LongAdder checks = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final List<Metric> metrics;
    private volatile Compiled compiled;

    /** What is in force, and what it says: seen together or not at all. */
    private record Compiled(State state, Rules rules) {}

    /** The settings; values are text, as {@code plugin_opt_*} lines give them. */
    @ObjectClassDefinition(name = "Culex dynamic security")
    public @interface Config {
        /** The plugin's name. */
        @AttributeDefinition(description = "The plugin's name, by which listeners ask for it")
        String culex_plugin() default "dynamic_security";

        /** Whether it is made for a look at the configuration only. */
        @AttributeDefinition(description = "Whether it is made for a check only, so that no file is generated")
        boolean culex_trial() default false;

        /** The path of the file. */
        @AttributeDefinition(description = "The path of the configuration file; it is generated when it is not there")
        String config__file() default "";

        /** Where the first administrator's password is. */
        @AttributeDefinition(
                description = "A file with the first administrator's password, for a file that is generated")
        String password__init__file() default "";

        /** Which of two ACLs of the same priority comes first. */
        @AttributeDefinition(description = "The order of ACLs of the same priority: insertion or alphabetical")
        String acl__tie__order() default "insertion";

        /** What becomes of clients whose rights change. */
        @AttributeDefinition(description = "Clients whose rights change are disconnected (kick), or go on (recheck)")
        String on__change() default "kick";

        /** How many versions are kept. */
        @AttributeDefinition(type = AttributeType.INTEGER, description = "Versions of the file that are kept; 0: none")
        String history() default "10";

        /** Whether a change on disk is taken by itself. */
        @AttributeDefinition(type = AttributeType.BOOLEAN, description = "Whether a change on disk is taken by itself")
        String watch() default "false";

        /** How slow new passwords are. */
        @AttributeDefinition(type = AttributeType.INTEGER, description = "Iterations of PBKDF2 for new passwords")
        String hash__iterations() default "210000";

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
     * Reads the file, or generates it. Blocks on the file system.
     *
     * @throws InvalidFileException when an option is wrong, or there is no file and none can be made
     */
    @Activate
    public DynamicSecurity(Config config, @Reference LiveFiles files) throws InvalidFileException {
        this(Settings.of(config), files, System::nanoTime);
    }

    DynamicSecurity(Settings settings, LiveFiles files, LongSupplier nanos) throws InvalidFileException {
        this.files = files;
        this.settings = settings;
        State nothing = new State(Configuration.EMPTY, -1, "not read yet");
        this.compiled = new Compiled(nothing, Rules.of(Configuration.EMPTY, settings.order()));
        this.file = files.open(settings, follower);
        this.logins = new Logins(settings.plugin(), settings.hashing(), () -> compiled.state(), nanos);
        this.metrics = new DynsecMetrics(settings.plugin())
                .of(file)
                .of(logins)
                .counter("acl_checks", "Accesses that were decided; answers are remembered for a while.", checks::sum)
                .counter("acl_refusals", "Accesses that were denied.", refusals::sum)
                .all();
    }

    /** Called one after the other: by the file's thread, the first time by that which makes the component. */
    private void follow(State state) {
        compiled = new Compiled(state, compiled.rules().next(state.configuration()));
    }

    @Activate
    void start() {
        file.tell();
    }

    @Deactivate
    void close() {
        logins.close();
        files.close(file, settings, follower);
    }

    @Override
    public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
        return logins.authenticate(request);
    }

    @Override
    public Verdict check(Access access, Subject subject, String topic) {
        checks.increment();
        Compiled now = compiled;
        Decision decision = now.rules().decide(event(access), subject.username(), subject.clientId(), topic);
        if (decision.allowed() && now.state().broken() == null) {
            return Verdict.ALLOW;
        }
        refusals.increment();
        boolean unknown =
                decision.by() == Decision.By.UNKNOWN_CLIENT && now.state().broken() == null;
        return unknown ? Verdict.DEFER : Verdict.DENY;
    }

    private static Event event(Access access) {
        return switch (access) {
            case READ -> Event.PUBLISH_CLIENT_RECEIVE;
            case WRITE -> Event.PUBLISH_CLIENT_SEND;
            case SUBSCRIBE -> Event.SUBSCRIBE;
            case UNSUBSCRIBE -> Event.UNSUBSCRIBE;
        };
    }

    @Override
    public @Nullable String fingerprint(String username) {
        return logins.fingerprint(username);
    }

    /** Both of rules and of users: one change may concern both. */
    @Override
    public long changes() {
        return compiled.state().changes();
    }

    /** Not with a broken file: what nobody can say is no reason to take a subscription away. */
    @Override
    public boolean isReady() {
        return compiled.state().broken() == null;
    }

    @Override
    public String topic() {
        return TOPIC;
    }

    @Override
    public CompletionStage<Answer> request(Subject requester, Message request) {
        String username = requester.username();
        String by = requester.clientId() + "/" + (username == null ? "(null)" : username);
        return file.requests()
                .run(by, text(request))
                .thenApply(result -> new Answer(result.body(), Audience.SUBSCRIBERS, result.afterwards()));
    }

    /** What is no text is no JSON either. */
    private static String text(Message request) {
        try {
            return ConfigurationFile.text(request.payload().toBytes());
        } catch (InvalidConfigurationException e) {
            return "";
        }
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }

    /** The file itself, for tests. */
    LiveFile file() {
        return file;
    }
}

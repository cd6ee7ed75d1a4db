// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.jaas;

import io.culex.api.auth.AuthAnswer;
import io.culex.api.auth.AuthRequest;
import io.culex.api.auth.Authenticator;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import io.culex.api.log.SwitchableLog;
import io.culex.api.message.Payload;
import io.culex.api.message.ReasonCode;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricType;
import io.culex.api.metrics.MetricsSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import javax.security.auth.login.AccountException;
import javax.security.auth.login.CredentialException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Users of a realm of JAAS. A client without a user name is none of its business; whom the realm does not admit, or whom it cannot be
 * asked about, is refused. Roles decide whether a user comes in; what a user may do is for a plugin that knows topics.
 */
@Component(
        service = {Authenticator.class, MetricsSource.class},
        configurationPid = "io.culex.auth.jaas",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = JaasLogin.Config.class, factory = true)
public final class JaasLogin implements Authenticator, MetricsSource {
    private static final CompletionStage<AuthAnswer> IGNORE = CompletableFuture.completedFuture(AuthAnswer.IGNORE);
    private static final CompletionStage<AuthAnswer> DENY = CompletableFuture.completedFuture(AuthAnswer.DENY);
    private static final AuthAnswer LATE = new AuthAnswer.Deny(ReasonCode.SERVER_UNAVAILABLE, "the realm is too slow");

    private static final String FAILURES =
            "Logins for which the realm could not be asked, or that it refused without saying that it did.";

    private final SwitchableLog log = new SwitchableLog();
    private final Settings settings;
    private final Realm realm;
    private final LoginPool pool;
    private final Sparingly complaint;
    private final String nobody = Ignorant.text();
    private final LongAdder admitted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final List<Metric> metrics;

    /** The settings; values are text, as {@code plugin_opt_*} lines give them. */
    @ObjectClassDefinition(name = "Culex logins by JAAS")
    public @interface Config {
        /** The plugin's name. */
        @AttributeDefinition(description = "The plugin's name, by which listeners ask for it")
        String culex_plugin() default "jaas";

        /** The realm. */
        @AttributeDefinition(description = "The realm that is asked; Karaf's own is karaf")
        String realm() default "karaf";

        /** The role. */
        @AttributeDefinition(description = "The role that a user must have; without it any user of the realm comes in")
        String role() default "";

        /** Threads. */
        @AttributeDefinition(description = "Logins that are decided at the same time")
        String login__threads() default "4";

        /** Logins that may wait. */
        @AttributeDefinition(description = "Logins that may wait; the rest is told to come again")
        String login__queue() default "1000";

        /** How long a login may take. */
        @AttributeDefinition(description = "Seconds after which a login is refused that the realm has not answered")
        String login__seconds() default "15";
    }

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException with the option that is wrong
     */
    @Activate
    public JaasLogin(Config config) {
        this(Settings.of(config), System::nanoTime);
    }

    JaasLogin(Settings settings, LongSupplier nanos) {
        this.settings = settings;
        this.realm = new Realm(settings.realm(), settings.role());
        this.pool = new LoginPool(settings);
        this.complaint = new Sparingly(nanos);
        this.metrics = List.of(
                metric("logins", MetricType.COUNTER, "Users that the realm admits.", admitted::sum),
                metric("refusals", MetricType.COUNTER, "Users that the realm does not admit.", refused::sum),
                metric("failures", MetricType.COUNTER, FAILURES, failed::sum),
                metric("waiting", MetricType.GAUGE, "Logins that wait.", pool::waiting));
    }

    private Metric metric(String name, MetricType type, String help, DoubleSupplier value) {
        return new Metric(
                "jaas_" + name,
                type,
                help,
                List.of("plugin"),
                samples -> samples.add(value.getAsDouble(), settings.plugin()));
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

    @Deactivate
    void close() {
        pool.close();
    }

    @Override
    public CompletionStage<AuthAnswer> authenticate(AuthRequest request) {
        String user = request.username();
        if (user == null) {
            return IGNORE;
        }
        Payload password = request.password();
        if (password == null || password.isEmpty()) {
            // To a directory server no password means that nobody logs in, and some let that succeed.
            refused.increment();
            return DENY;
        }
        InetSocketAddress address = request.peer().address();
        InetAddress from = address == null ? null : address.getAddress();
        return pool.run(from, () -> ask(user, password.asText().toCharArray()), LATE);
    }

    /** On a thread of the pool. */
    private AuthAnswer ask(String user, char[] password) {
        try {
            boolean in = realm.admits(user, password);
            (in ? admitted : refused).increment();
            return in ? AuthAnswer.ALLOW : AuthAnswer.DENY;
        } catch (FailedLoginException | AccountException | CredentialException e) {
            refused.increment();
            return AuthAnswer.DENY;
        } catch (LoginException | RuntimeException e) {
            if (isOfNobody(e)) {
                refused.increment();
            } else {
                failed.increment();
                complain(e);
            }
            return AuthAnswer.DENY;
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** Whether no module knows the user. */
    private boolean isOfNobody(Exception e) {
        return e.getClass() == LoginException.class && nobody.equals(e.getMessage());
    }

    /** Modules for directories say in a text alone whether a password was wrong or the server is away. */
    private void complain(Exception e) {
        complaint
                .line("Error: Plugin " + settings.plugin() + " cannot ask realm " + settings.realm() + ": "
                        + e.getMessage())
                .ifPresent(line -> log.log(LogType.ERROR, line));
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.aclfile;

import io.culex.api.auth.Access;
import io.culex.api.auth.Authorizer;
import io.culex.api.auth.Subject;
import io.culex.api.auth.Verdict;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricsSource;
import io.culex.security.file.FileMetrics;
import io.culex.security.file.InvalidFileException;
import io.culex.security.file.RuleFile;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
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
 * Permissions of one ACL file (SPEC C). Subscribing is always allowed, what is delivered is what may be read; what no rule allows
 * is denied, so an empty file denies everything. The file is read when the component is made: a fault in it is a failed
 * activation, so that nothing ever runs with half a file.
 */
@Component(
        service = {Authorizer.class, MetricsSource.class},
        configurationPid = "io.culex.auth.aclfile",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true)
@Designate(ocd = AclFile.Config.class, factory = true)
public final class AclFile implements Authorizer, MetricsSource {
    private final SwitchableLog log = new SwitchableLog();
    private final Settings settings;
    private final RuleFile<Rules> file;
    private final DangerousNames dangerous = new DangerousNames(log);
    private final LongAdder checks = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final List<Metric> metrics;

    /** The settings; values are text, as {@code plugin_opt_*} lines give them. */
    @ObjectClassDefinition(name = "Culex ACL file")
    public @interface Config {
        /** The plugin's name. */
        @AttributeDefinition(description = "The plugin's name, by which listeners ask for it")
        String culex_plugin() default "acl_file";

        /** The path of the file. */
        @AttributeDefinition(description = "The path of the ACL file")
        String acl__file() default "";

        /** Whether a change on disk is taken by itself. */
        @AttributeDefinition(type = AttributeType.BOOLEAN, description = "Whether a change on disk is taken by itself")
        String watch() default "false";
    }

    /**
     * Reads and checks the file. Blocks on the file system.
     *
     * @throws InvalidFileException when an option or the file is wrong
     */
    @Activate
    public AclFile(Config config) throws InvalidFileException {
        this(Settings.of(config));
    }

    AclFile(Settings settings) throws InvalidFileException {
        this.settings = settings;
        this.file = new RuleFile<>(settings.file(), new AclFileFormat(), log);
        this.metrics = new FileMetrics("aclfile", settings.plugin(), file)
                .gauge("users", "Users that have rules of their own.", () -> file.content()
                        .users()
                        .size())
                .gauge("rules", "Rules in the ACL file.", () -> file.content().count())
                .counter("checks", "Accesses that were decided; answers are remembered for a while.", checks::sum)
                .counter("refusals", "Accesses that were denied.", refusals::sum)
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
    }

    @Override
    public Verdict check(Access access, Subject subject, String topic) {
        checks.increment();
        if (access == Access.SUBSCRIBE || access == Access.UNSUBSCRIBE) {
            return Verdict.ALLOW;
        }
        Grant wanted = access == Access.READ ? Grant.READ : Grant.WRITE;
        Rules.Decision decision = file.content().decide(wanted, subject.clientId(), subject.username(), topic);
        if (decision == Rules.Decision.ALLOWED) {
            return Verdict.ALLOW;
        }
        refusals.increment();
        if (decision == Rules.Decision.DANGEROUS) {
            dangerous.tell(subject.clientId());
        }
        return Verdict.DENY;
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
    RuleFile<Rules> file() {
        return file;
    }
}

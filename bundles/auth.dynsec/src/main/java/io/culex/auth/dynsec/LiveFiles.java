// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.api.admin.BrokerAdmin;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.SwitchableLog;
import io.culex.security.file.InvalidFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The files that plugins have open: one {@link LiveFile} for each, however many plugins have it. Any thread. */
@Component(service = LiveFiles.class)
public final class LiveFiles {
    private final SwitchableLog log = new SwitchableLog();
    private final Broker broker = new Broker(log);
    private final UnaryOperator<@Nullable String> environment;
    private final @Nullable BundleContext context;
    private final Map<Path, Open> open = new HashMap<>();

    private record Open(LiveFile file, @Nullable Console console) {}

    /** None yet. */
    @Activate
    public LiveFiles(BundleContext context) {
        this(System::getenv, context);
    }

    /** Without a framework no operations are offered. */
    LiveFiles(UnaryOperator<@Nullable String> environment, @Nullable BundleContext context) {
        this.environment = environment;
        this.context = context;
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

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindAdmin(BrokerAdmin service) {
        broker.use(service);
    }

    void unbindAdmin(BrokerAdmin service) {
        broker.drop(service);
    }

    /**
     * The file of these settings, read when no other plugin has it. Blocks on the file system.
     *
     * @param follower told what is in force, now and after each change
     */
    synchronized LiveFile open(Settings settings, Consumer<State> follower) throws InvalidFileException {
        Path path = real(settings.file());
        Open found = open.get(path);
        if (found == null) {
            LiveFile file = new LiveFile(settings, broker, environment);
            found = new Open(file, context == null ? null : new Console(file, context, open.isEmpty()));
            // A file that was generated has a real path only now.
            open.put(real(settings.file()), found);
        }
        found.file().opened(settings, follower);
        return found.file();
    }

    synchronized void close(LiveFile file, Settings settings, Consumer<State> follower) {
        if (file.closed(settings, follower)) {
            open.values().removeIf(one -> {
                boolean same = one.file() == file;
                if (same && one.console() != null) {
                    one.console().close();
                }
                return same;
            });
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }
}

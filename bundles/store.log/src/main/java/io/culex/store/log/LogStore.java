// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import io.culex.api.log.BrokerLog;
import io.culex.api.metrics.Metric;
import io.culex.api.metrics.MetricsSource;
import io.culex.api.store.Kept;
import io.culex.api.store.MessageStore;
import io.culex.api.store.StoreLane;
import io.culex.store.log.append.Level;
import io.culex.store.log.append.Settings;
import io.culex.store.log.mosquitto.Import;
import io.culex.store.log.segment.StoreFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The store as a service. It opens and reads its folder in the constructor: one that cannot be opened refuses with one line. Once
 * it is closed another one may open the folder.
 */
@Component(
        service = {MessageStore.class, MetricsSource.class, LogStore.class},
        immediate = true,
        configurationPid = "io.culex.store.log",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class LogStore implements MessageStore, MetricsSource {
    private final WaitingLog log = new WaitingLog();
    private final LogEngine engine;
    private final List<Metric> metrics;

    /** Settings of this component. */
    public @interface Config {
        /** The folder; empty: the working directory. */
        String location() default "";

        /** What a kept operation survives: {@code os} (the end of the process) or {@code fsync} (of the power). */
        String sync() default "os";

        /** The size in bytes at which a new file is begun. */
        int segment__bytes() default 64 << 20;

        /** Bytes held back for a full disk. */
        long reserve__bytes() default 16 << 20;
    }

    /**
     * Opens the store; blocks until it is read.
     *
     * @throws IOException with one line that says why it cannot be opened
     */
    @Activate
    public LogStore(Config config) throws IOException {
        this(
                Path.of(config.location()),
                new Settings(Level.of(config.sync()), config.segment__bytes(), config.reserve__bytes()));
    }

    LogStore(Path location, Settings settings) throws IOException {
        this(new StoreFolder(location.toAbsolutePath().normalize()), settings);
    }

    LogStore(StoreFolder folder, Settings settings) throws IOException {
        try {
            engine = Import.open(folder, log, lock -> LogEngine.open(folder, settings, log, lock));
        } catch (IOException | RuntimeException | Error e) {
            log.start();
            throw e;
        }
        metrics = StoreMetrics.of(engine);
    }

    /** Keeps what was taken, and gives the folder free. */
    @Deactivate
    public void close() throws IOException {
        engine.close();
        log.start();
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

    LogEngine engine() {
        return engine;
    }

    @Override
    public String identity() {
        return engine.identity();
    }

    @Override
    public void recover(Recovery recovery) {
        engine.recover(recovery);
    }

    @Override
    public StoreLane lane(Kept kept) {
        return engine.lane(kept);
    }

    @Override
    public State state() {
        return engine.state();
    }

    @Override
    public void sync() {
        engine.sync();
    }

    @Override
    public List<Metric> metrics() {
        return metrics;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.transport.dial;

import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.transport.DialRequest;
import io.culex.transport.Dialer;
import io.culex.transport.EventLoops;
import io.culex.transport.PipelineStage;
import io.culex.transport.socket.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Resolves names ({@link Names}) and loads stages on threads of its own, which end when idle, and connects on the loop asked for. */
@Component(service = Dialer.class)
public final class DialerComponent implements Dialer {
    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 30;

    private final List<PipelineStage> stages = new CopyOnWriteArrayList<>();
    private final Sockets sockets;
    private final Names names;
    private final ExecutorService blocking;

    /** Connects on these loops. */
    @Activate
    public DialerComponent(@Reference EventLoops loops) {
        this(Sockets.of(loops), InetAddress::getAllByName);
    }

    DialerComponent(Sockets sockets, Names.Lookup lookup) {
        this.sockets = sockets;
        this.names = new Names(lookup);
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "culex-dialer");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.blocking = pool;
    }

    /** A stage is there. */
    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    public void addStage(PipelineStage stage) {
        stages.add(stage);
    }

    /** A stage goes; connections that passed it stay. */
    public void removeStage(PipelineStage stage) {
        stages.remove(stage);
    }

    /** Ends its threads; who still waits is told. */
    @Deactivate
    public void stop() {
        names.stop();
        for (Runnable left : blocking.shutdownNow()) {
            ((Preparation) left).drop();
        }
    }

    @Override
    public CompletionStage<Channel> dial(DialRequest request, EventLoop loop, ChannelHandler handler) {
        Attempt attempt = new Attempt(request, loop, handler, sockets);
        attempt.startTimeout();
        if (request.target() instanceof InetSocketAddress tcp && tcp.isUnresolved()) {
            names.resolve(tcp.getHostString()).whenComplete((found, failure) -> {
                if (failure == null) {
                    connect(attempt, request, found);
                } else {
                    attempt.fail(failure);
                }
            });
        } else {
            connect(attempt, request, known(request.target()));
        }
        return attempt.result();
    }

    private static InetAddress[] known(SocketAddress target) {
        return target instanceof InetSocketAddress tcp ? new InetAddress[] {tcp.getAddress()} : new InetAddress[0];
    }

    private void connect(Attempt attempt, DialRequest request, InetAddress[] found) {
        Preparation preparation = new Preparation(attempt, request, found);
        try {
            blocking.execute(preparation);
        } catch (RejectedExecutionException stopping) {
            preparation.drop();
        }
    }

    /** On a thread that may block: stages read files. */
    private final class Preparation implements Runnable {
        private final Attempt attempt;
        private final DialRequest request;
        private final InetAddress[] found;

        Preparation(Attempt attempt, DialRequest request, InetAddress[] found) {
            this.attempt = attempt;
            this.request = request;
            this.found = found;
        }

        @Override
        public void run() {
            try {
                attempt.connect(addresses(request, found), prepare(request));
            } catch (IOException | GenerationRefusedException | RuntimeException | LinkageError e) {
                attempt.fail(e);
            }
        }

        /** There is no thread for it any more. */
        void drop() {
            attempt.fail(new IOException("The broker is stopping"));
        }
    }

    private List<SocketAddress> addresses(DialRequest request, InetAddress[] found) throws IOException {
        if (request.target() instanceof UnixDomainSocketAddress unix) {
            return List.of(sockets.unixAddress(unix.getPath()));
        }
        if (!(request.target() instanceof InetSocketAddress tcp)) {
            throw new IOException("Not an address to connect to: " + request.target());
        }
        InetAddress from = request.from();
        List<SocketAddress> fitting = Arrays.stream(found)
                .filter(address -> from == null || from.getClass() == address.getClass())
                .<SocketAddress>map(address -> new InetSocketAddress(address, tcp.getPort()))
                .toList();
        if (fitting.isEmpty()) {
            throw new IOException("No address of " + tcp.getHostString() + " can be reached from " + from);
        }
        return fitting;
    }

    private List<PipelineStage.Prepared> prepare(DialRequest request) throws GenerationRefusedException {
        TreeMap<Integer, PipelineStage> needed = new TreeMap<>();
        stages.stream().filter(stage -> stage.appliesTo(request)).forEach(stage -> needed.put(stage.order(), stage));
        Set<String> left = new HashSet<>(request.stages().keySet());
        List<PipelineStage.Prepared> prepared = new ArrayList<>();
        for (PipelineStage stage : needed.values()) {
            left.removeAll(stage.options());
            prepared.add(stage.prepare(request));
        }
        if (!left.isEmpty()) {
            throw new GenerationRefusedException(
                    Kind.CONFIGURATION,
                    "Error: Nothing serves the options %s of a connection outward.".formatted(left));
        }
        return prepared;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.core.oversight;

import io.culex.api.admin.Ban;
import io.culex.api.admin.Operation;
import io.culex.core.loop.Clock;
import io.culex.transport.TrustedNetworks;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may not connect. A question costs three look-ups and one comparison per block of addresses, whatever the number of bans.
 * Any thread; questions never lock.
 */
public final class BanList {
    static final int CAPACITY = 10_000;
    static final int BLOCKS = 200;

    private final Clock clock;
    private final Map<Key, Ban> bans = new ConcurrentHashMap<>();
    private volatile List<Key> blocks = List.of();

    /**
     * What a ban is found by.
     *
     * @param value the text of an id or a user; an {@link InetAddress}; {@link TrustedNetworks} of one block
     */
    private record Key(Ban.Kind kind, Object value) {}

    BanList(Clock clock) {
        this.clock = clock;
    }

    /** Whether somebody must stay out now. */
    public boolean forbids(String clientId, @Nullable String username, @Nullable InetAddress address) {
        if (bans.isEmpty()) {
            return false;
        }
        return holds(new Key(Ban.Kind.ID, clientId))
                || (username != null && holds(new Key(Ban.Kind.USER, username)))
                || (address != null && (holds(new Key(Ban.Kind.ADDRESS, address)) || isInBlock(address)));
    }

    private boolean isInBlock(InetAddress address) {
        for (Key block : blocks) {
            if (((TrustedNetworks) block.value()).contain(address) && holds(block)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(Key key) {
        Ban ban = bans.get(key);
        return ban != null && !isOver(ban);
    }

    private boolean isOver(Ban ban) {
        Instant until = ban.until();
        return until != null && until.toEpochMilli() <= clock.millis();
    }

    /** Those that hold now, the oldest first. */
    public List<Ban> all() {
        return bans.values().stream()
                .filter(ban -> !isOver(ban))
                .sorted(Comparator.comparing(Ban::since))
                .toList();
    }

    /** Adds one, or replaces the one that means the same. */
    public synchronized void add(Ban ban) throws Operation.RefusedException {
        sweep();
        Key key = key(ban.kind(), ban.value());
        boolean isNew = !bans.containsKey(key);
        if (isNew && bans.size() >= CAPACITY) {
            throw new Operation.RefusedException("There are " + CAPACITY + " bans already; lift some first.");
        }
        if (isNew && key.value() instanceof TrustedNetworks && blocks.size() >= BLOCKS) {
            throw new Operation.RefusedException(
                    "There are " + BLOCKS + " bans of blocks of addresses already; lift some first.");
        }
        bans.put(key, ban);
        listBlocks();
    }

    /** Takes one away; whether there was one that held. */
    public synchronized boolean lift(Ban.Kind kind, String value) {
        try {
            Ban lifted = bans.remove(key(kind, value));
            listBlocks();
            return lifted != null && !isOver(lifted);
        } catch (Operation.RefusedException e) {
            // What is no address was never banned.
            return false;
        }
    }

    /** Forgets those that are over. */
    synchronized void sweep() {
        if (bans.values().removeIf(this::isOver)) {
            listBlocks();
        }
    }

    private void listBlocks() {
        blocks = bans.keySet().stream()
                .filter(key -> key.value() instanceof TrustedNetworks)
                .toList();
    }

    private static Key key(Ban.Kind kind, String value) throws Operation.RefusedException {
        if (kind != Ban.Kind.ADDRESS) {
            return new Key(kind, value);
        }
        try {
            TrustedNetworks parsed = TrustedNetworks.parse(value);
            byte[] bytes = NetUtil.createByteArrayFromIpAddressString(
                    parsed.networks().get(0).address());
            if (parsed.networks().size() == 1 && bytes != null) {
                boolean single = parsed.networks().get(0).bits() == bytes.length * Byte.SIZE;
                return new Key(kind, single ? InetAddress.getByAddress(bytes) : parsed);
            }
        } catch (IllegalArgumentException | UnknownHostException e) {
            // Said below.
        }
        throw new Operation.RefusedException("'" + value + "' is neither an address nor a block such as 192.0.2.0/24.");
    }
}

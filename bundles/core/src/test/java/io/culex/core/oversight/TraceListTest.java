// SPDX-License-Identifier: Apache-2.0
package io.culex.core.oversight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Operation.RefusedException;
import io.culex.api.admin.TraceLine;
import io.culex.api.admin.TraceRequest;
import io.culex.api.admin.Tracing;
import io.culex.core.loop.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TraceListTest {
    private static final byte[] PAYLOAD = "secret".getBytes(StandardCharsets.UTF_8);

    private final FakeClock clock = new FakeClock();
    private final TraceList traces = new TraceList(clock);
    private final List<TraceLine> seen = new ArrayList<>();

    private Tracing.Trace begin(@Nullable String client, @Nullable String filter, int payload) throws Exception {
        return traces.begin(new TraceRequest(client, filter, payload, Duration.ofSeconds(10)), seen::add);
    }

    private List<String> texts() {
        return seen.stream().map(TraceLine::text).toList();
    }

    private void publish(String client, String topic) {
        traces.tell(client, client + ">" + topic, topic, () -> PAYLOAD);
    }

    @Test
    void showsOneClientWithoutPayload() throws Exception {
        begin("a", null, 0);
        assertTrue(traces.concern("a"));
        assertFalse(traces.concern("b"));
        traces.tell("a", "connected");
        traces.tell("b", "connected too");
        traces.tell("a", "a>t", "t", () -> {
            throw new AssertionError("nobody asked for a payload");
        });
        publish("b", "t");
        assertEquals(List.of("connected", "a>t"), texts());
        assertTrue(seen.get(1).payload().isEmpty());
    }

    @Test
    void showsTheBeginningOfAPayloadWhenAskedTo() throws Exception {
        begin("a", null, 3);
        begin("a", null, 100);
        publish("a", "t");
        assertEquals("sec", seen.get(0).payload().asText());
        assertEquals("secret", seen.get(1).payload().asText());
    }

    @Test
    void showsWhatAFilterMatchesOfEveryone() throws Exception {
        begin(null, "a/+", 0);
        assertTrue(traces.concern("anyone"));
        traces.tell("x", "no publish");
        publish("x", "a/b");
        publish("y", "b/b");
        assertEquals(List.of("x>a/b"), texts());
    }

    @Test
    void endsAfterItsTimeOrWhenClosed() throws Exception {
        Tracing.Trace timed = begin("a", null, 0);
        Tracing.Trace closed = begin("a", null, 0);
        closed.close();
        assertFalse(closed.isRunning());
        traces.tell("a", "one");
        clock.pass(Duration.ofSeconds(10));
        traces.tell("a", "two");
        assertFalse(timed.isRunning());
        assertEquals(List.of("one"), texts());
        traces.sweep();
        assertFalse(traces.concern("a"));
    }

    @Test
    void whoCannotTakeALineIsNotAskedAgain() throws Exception {
        Tracing.Trace trace = traces.begin(new TraceRequest("a", null, 0, Duration.ofSeconds(10)), line -> {
            throw new IllegalStateException("a sink of the test fails");
        });
        traces.tell("a", "one");
        assertFalse(trace.isRunning());
        assertFalse(traces.concern("a"));
    }

    @Test
    void theirNumberIsBounded() throws Exception {
        for (int i = 0; i < TraceList.CAPACITY; i++) {
            begin("a", null, 0);
        }
        assertThrows(RefusedException.class, () -> begin("a", null, 0));
    }
}

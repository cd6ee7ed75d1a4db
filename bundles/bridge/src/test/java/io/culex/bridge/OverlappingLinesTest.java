// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.culex.api.local.RelaySession;
import io.culex.codec.PacketWriter;
import io.culex.codec.Properties;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the other broker would send once for each line of a topic. */
class OverlappingLinesTest {
    private final World world = new World();

    private List<String> asked(String... lines) {
        world.begin(lines);
        return world.accept().got().stream()
                .filter(packet -> packet.contains("SUBSCRIBE"))
                .toList();
    }

    @Test
    void aLineThatAnEarlierOneCoversIsNotSubscribedTo() {
        assertEquals(List.of("SUBSCRIBE a/# q2", "UNSUBSCRIBE a/b"), asked("topic a/# in 2", "topic a/b in 2"));
    }

    @Test
    void aLineIsSubscribedToWhenTheOneThatCoversItIsRefused() {
        world.begin("topic a/# in 2", "topic a/b in 2");
        FakePeer peer = world.accept();
        peer.send(out -> PacketWriter.suback(
                out, peer.version(), RelaySession.FREE_IDENTIFIERS + 1, new byte[] {(byte) 0x80}, Properties.NONE));
        assertEquals(
                "SUBSCRIBE a/b q2",
                peer.got().stream()
                        .filter(packet -> packet.contains("SUBSCRIBE"))
                        .reduce("", (before, last) -> last));
    }

    @Test
    void nothingIsUnsubscribedWhereThatIsNotToBeTried() {
        assertEquals(
                List.of("SUBSCRIBE a/+ q1"),
                asked("topic a/+ both 1", "topic a/b in 0", "bridge_attempt_unsubscribe false"));
    }

    @Test
    void aLineThatBringsMoreIsSubscribedTo() {
        assertEquals(
                List.of("SUBSCRIBE a/b q1", "SUBSCRIBE a/# q1", "SUBSCRIBE a/c/d q2"),
                asked("topic a/b in 1", "topic a/# in 1", "topic a/c/d in 2"));
    }

    @Test
    void sharedSubscriptionsAndHiddenTopicsAreNotCovered() {
        assertEquals(
                List.of("SUBSCRIBE # q1", "SUBSCRIBE $share/g/a/# q1", "SUBSCRIBE $SYS/load q1"),
                asked("topic # in 1", "topic $share/g/a/# in 1", "topic $SYS/load in 1"));
        World other = new World();
        other.begin("topic $share/g/a/# in 1", "topic a/b in 1");
        assertEquals(
                2,
                other.accept().got().stream()
                        .filter(packet -> packet.startsWith("SUBSCRIBE"))
                        .count());
    }
}

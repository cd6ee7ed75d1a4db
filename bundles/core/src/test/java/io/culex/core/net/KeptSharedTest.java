// SPDX-License-Identifier: Apache-2.0
package io.culex.core.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.MessageStore;
import io.culex.testkit.Await;
import io.culex.testkit.Connect;
import io.culex.testkit.ProtocolVersion;
import io.culex.testkit.RecordedLog;
import io.culex.testkit.WireClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is acknowledged to who publishes to a shared subscription is kept for one member or another. */
class KeptSharedTest extends KeptFixture {
    @Test
    void aSharedSubscriptionKeepsTheMessageForTheMemberThatGetsIt() {
        WireClient member = durable("member");
        member.subscribe("$share/g/t", 1);
        member.close();
        hall.connect("publisher").publish("t", "shared", 1);
        assertEquals(1, store.owed("member").size());
        crash();
        WireClient again = durable("member");
        again.acknowledge(again.expectPublish("shared"));
    }

    /** Eight messages are owed to absent members of a group. */
    private void owe(List<String> members) {
        members.forEach(id -> {
            WireClient member = durable(id);
            member.subscribe("$share/g/t", 1);
            member.close();
        });
        WireClient publisher = hall.connect("publisher");
        for (int i = 0; i < 8; i++) {
            publisher.publish("t", "m" + i, 1);
        }
        assertEquals(8, owed(members));
    }

    private int owed(List<String> members) {
        return members.stream().mapToInt(id -> store.owed(id).size()).sum();
    }

    @Test
    void whatAMemberLeavesIsAnotherOnesBeforeItsSessionEndsThere() {
        List<String> members = List.of("a", "b", "c", "d");
        owe(members);
        for (String leaving : members.subList(0, 3)) {
            store.hold();
            hall.open(ProtocolVersion.V5).send(Connect.as(leaving));
            Await.until("the session to end", () -> {
                store.keepOne();
                assertTrue(owed(members) >= 8, members + " are owed too little");
                return !store.clients().contains(leaving);
            });
            store.keep();
        }
        assertEquals(8, store.owed("d").size());
    }

    @Test
    void whatASessionLeavesGoesToOthersThoughTheBrokerDiesMeanwhile() {
        List<String> members = List.of("a", "b");
        owe(members);
        store.hold();
        hall.open(ProtocolVersion.V5).send(Connect.as("a"));
        Await.until("half of it to be given", () -> {
            store.keepOne();
            return store.owed("a").size() == 2 && store.owed("b").size() == 6;
        });
        crash();
        Await.until("the session to end", () -> !store.clients().contains("a"));
        assertEquals(8, store.owed("b").size());
        assertEquals(1, hall.services().directory().size());
    }

    @Test
    void whatTheStoreDoesNotGiveOfASessionThatIsOverIsSaidAndStays() {
        List<String> members = List.of("a", "b");
        owe(members);
        RecordedLog log = new RecordedLog();
        hall.broker.record(log);
        store.deaf();
        hall.open(ProtocolVersion.V5).send(Connect.as("a"));
        String said =
                "ERROR Error: The store does not give 4 queued messages of client a; the next start asks for them again.";
        Await.until("the error", () -> log.lines().contains(said));
        assertEquals(4, store.owed("a").size());
        assertEquals(4, store.owed("b").size());
    }

    @Test
    void whatAMemberLeavesWhenTheDiskIsFullStaysUntilTheStoreGetsOn() {
        owe(List.of("a", "b"));
        store.be(MessageStore.State.FULL);
        store.backlog(1 << 20);
        WireClient again = hall.open(ProtocolVersion.V5);
        again.send(Connect.as("a"));
        again.expectConnack();
        assertEquals(8, owed(List.of("a", "b")));
        crash();
        Await.until("the next member to have it", () -> store.owed("b").size() == 8);
    }

    @Test
    void theStoreOfAFullDiskIsGivenFreeWhatASessionHad() {
        owe(List.of("a", "b"));
        store.be(MessageStore.State.FULL);
        WireClient again = hall.open(ProtocolVersion.V5);
        again.send(Connect.as("a"));
        again.expectConnack();
        Await.until("the next member to have it", () -> store.owed("b").size() == 8);
        Await.until("the session to end", () -> store.owed("a").isEmpty());
    }
}

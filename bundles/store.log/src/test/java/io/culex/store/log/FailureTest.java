// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.store.MessageStore.State;
import io.culex.api.store.StoreLane;
import io.culex.testkit.RecordedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureTest {
    private final Path folder;

    FailureTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** A closed file stands for a disk that fails: nothing that can be done about it. */
    @Test
    void keepsNothingMoreAfterAFailureAndTellsEveryLaneOnce() throws Exception {
        RecordedLog log = new RecordedLog();
        LogEngine store = Stores.open(folder, log);
        Acks acks = new Acks();
        Acks others = new Acks();
        StoreLane lane = store.lane(acks);
        store.lane(others);
        lane.session(Stores.session(1));
        acks.await(1);
        store.breakFile();
        for (int i = 0; i < 1000; i++) {
            lane.message(Stores.message(lane.newMessage(), "x"), Stores.to(1), Stores.none());
        }
        assertTrue(acks.awaitFailure() instanceof IOException);
        others.awaitFailure();
        assertEquals(State.FAILED, store.state());
        assertEquals(1, log.errors().size(), log.errors()::toString);
        assertTrue(log.errors().get(0).contains("The store has failed and keeps nothing any more"));
        Acks late = new Acks();
        store.lane(late).done(1, 1, 1, 0);
        late.awaitFailure();
        assertThrows(IllegalStateException.class, store::sync);
        assertEquals(1, acks.kept());
        assertEquals(List.of(1, 1, 1), List.of(acks.failures(), others.failures(), late.failures()));
        store.close();
        assertEquals(1, Stores.contentOf(folder, log).sessions.size());
    }
}

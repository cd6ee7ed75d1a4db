// SPDX-License-Identifier: Apache-2.0
package io.culex.store.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.culex.api.store.StoreLane;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {
    /** Somebody took the database away and went on with what there was; it must not go when the database is back. */
    @Test
    void doesNotBeginAnewOnceAStoreIsInUse(@TempDir Path folder) throws Exception {
        Path begun = Files.createFile(folder.resolve("importing"));
        LogStore store = new LogStore(folder, Stores.SMALL);
        assertFalse(Files.exists(begun));
        Acks acks = new Acks();
        StoreLane lane = store.lane(acks);
        lane.session(Stores.session(1));
        acks.await(1);
        store.close();
        byte[] empty = {
            0, (byte) 0xB5, 0, 'm', 'o', 's', 'q', 'u', 'i', 't', 't', 'o', ' ', 'd', 'b', 0, 0, 0, 0, 0, 0, 0, 6
        };
        Files.write(folder.resolve("mosquitto.db"), empty);
        LogStore again = new LogStore(folder, Stores.SMALL);
        Content content = new Content();
        again.recover(content);
        again.close();
        assertEquals(1, content.sessions.size());
    }
}

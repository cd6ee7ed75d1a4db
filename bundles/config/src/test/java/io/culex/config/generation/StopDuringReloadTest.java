// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.config.Reload;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.ConfText;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change of the configuration says when the broker is asked to stop: no error, for nothing is wrong. */
class StopDuringReloadTest {
    private static final String LINE = "The broker is stopping, its configuration stays as it is.";

    private final ConfText conf;
    private final FakeHost host;
    private final Conductor conductor;
    private final Stopping doors = new Stopping();

    /** Refuses as the listeners do once a stop has closed them; the stop comes while it is asked. */
    private final class Stopping implements GenerationParticipant {
        private boolean stops;

        @Override
        public int order() {
            return 100;
        }

        @Override
        public void prepare(Generation generation) throws GenerationRefusedException {
            host.stopping |= stops;
            if (stops) {
                throw new GenerationRefusedException(
                        GenerationRefusedException.Kind.SYSTEM, "Error: The broker is stopping.");
            }
        }

        @Override
        public void commit(Generation generation) {
            // Nothing to open.
        }

        @Override
        public void abort(Generation generation) {
            // Nothing to undo.
        }
    }

    StopDuringReloadTest(@TempDir Path dir) {
        conf = new ConfText(dir);
        host = new FakeHost(CommandLine.NONE.withConfigFile(conf.main()));
        conductor = new Conductor(host, Set.of("transport"), new FakeProvisioner(), "run");
        listenOn(1883);
    }

    private void listenOn(int port) {
        conf.write("test.conf", "config_watch true", "listener " + port);
    }

    private void start() {
        conductor.join(new Participant(doors, "transport"));
        host.log.clear();
        host.reloads.clear();
    }

    @Test
    void aReloadThatAStopOvertakesSaysOneLineThatIsNoError() {
        start();
        doors.stops = true;
        Reload.Result result = conductor.reload();
        assertFalse(result.changed());
        assertEquals(1, result.generation());
        assertEquals(LINE, result.message());
        assertEquals(List.of("INFORMATION Reloading config.", "INFORMATION " + LINE), host.log);
        assertEquals(List.of(), host.reloads);
    }

    @Test
    void aReloadThatComesAfterItIsNotBegun() {
        start();
        host.stopping = true;
        conf.write("test.conf", "nonsense");
        assertEquals(LINE, conductor.reload().message());
        assertEquals(List.of("INFORMATION " + LINE), host.log);
        assertEquals(List.of(), host.reloads);
    }

    @Test
    void aWayBackIsNotBegunEither() {
        start();
        listenOn(1884);
        conductor.reload();
        host.log.clear();
        host.stopping = true;
        assertEquals(LINE, conductor.rollback().message());
        assertEquals(List.of("INFORMATION " + LINE), host.log);
    }

    @Test
    void nobodyLooksForChangedFilesOrRemindsOfWhatIsMissing() {
        conductor.remind();
        assertFalse(host.log.isEmpty());
        host.log.clear();
        host.stopping = true;
        conductor.remind();
        host.stopping = false;
        start();
        host.stopping = true;
        listenOn(1885);
        conductor.look();
        conductor.look();
        assertEquals(List.of(), host.log);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.culex.api.config.GenerationRefusedException.Kind;
import io.culex.config.commandline.CommandLine;
import io.culex.config.file.ConfText;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One that comes after the start, such as the new version of a bundle. */
class LateParticipantTest {
    private final FakeHost host;
    private final FakeParticipant core;
    private final FakeParticipant late;
    private final Conductor conductor;

    LateParticipantTest(@TempDir Path dir) {
        ConfText conf = new ConfText(dir);
        conf.write("test.conf", "listener 1883");
        host = new FakeHost(CommandLine.NONE.withConfigFile(conf.main()));
        core = new FakeParticipant("core", 0, host.calls);
        late = new FakeParticipant("late", 100, host.calls);
        conductor = new Conductor(host, Set.of("core"), new FakeProvisioner(), "run");
        conductor.join(core.named());
        host.log.clear();
    }

    @Test
    void whoRefusesBecauseAnotherIsNotThereYetIsAskedAgain() {
        late.refuses = Kind.CONFIGURATION;
        conductor.join(late.named());
        conductor.look();
        assertNull(late.inForce());
        late.refuses = null;
        conductor.look();
        assertSame(core.inForce(), late.inForce());
    }

    @Test
    void aLogThatHasTakenNothingIsAskedAgainAfterAReloadThatWasRefused() {
        FakeParticipant log = new FakeParticipant("log", 10, host.calls);
        log.refuses = Kind.SYSTEM;
        conductor.join(log.named());
        core.refuses = Kind.CONFIGURATION;
        conductor.reload();
        log.refuses = null;
        conductor.look();
        assertSame(core.inForce(), log.inForce());
    }

    @Test
    void whenTheOtherComesItIsAskedAtOnce() {
        late.refuses = Kind.SYSTEM;
        conductor.join(late.named());
        late.refuses = null;
        conductor.join(new FakeParticipant("other", 50, host.calls).named());
        assertSame(core.inForce(), late.inForce());
    }

    @Test
    void theReasonIsSaidOnceAndAnotherOneWhenItChanges() {
        late.refuses = Kind.SYSTEM;
        conductor.join(late.named());
        conductor.look();
        conductor.look();
        late.refuses = null;
        late.breaks = new IllegalStateException("ill");
        conductor.look();
        conductor.look();
        assertEquals(
                List.of("ERROR Error: late refuses", "ERROR Error: late failed: java.lang.IllegalStateException: ill"),
                host.log);
    }

    @Test
    void whoHasTakenItIsAskedNoMore() {
        conductor.join(late.named());
        host.calls.clear();
        conductor.look();
        assertEquals(List.of(), host.calls);
    }

    @Test
    void whoHasLeftIsAskedNoMore() {
        late.refuses = Kind.SYSTEM;
        Participant named = late.named();
        conductor.join(named);
        conductor.leave(named);
        host.calls.clear();
        conductor.look();
        assertEquals(List.of(), host.calls);
    }
}

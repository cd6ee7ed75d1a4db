// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.api.admin.Operation;
import io.culex.api.log.BrokerLog;
import io.culex.api.log.LogType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.api.action.Command;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeCommandTest {
    private final List<String> logged = new ArrayList<>();

    private final class ListLog implements BrokerLog {
        @Override
        public boolean enabled(LogType type) {
            return true;
        }

        @Override
        public boolean connectionMessages() {
            return true;
        }

        @Override
        public void log(LogType type, String line) {
            logged.add(line);
        }
    }

    @Command(scope = "mqtt", name = "fail")
    private static final class Failing extends ChangeCommand {
        private final Exception reason;

        Failing(Exception reason) {
            this.reason = reason;
        }

        @Override
        String change() throws Exception {
            throw reason;
        }
    }

    static List<Exception> reasons() {
        return List.of(
                new Operation.RefusedException("broken"),
                new IllegalStateException("broken"),
                new java.io.IOException("broken"));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void writesDownWhatFailedWhateverTheReason(Exception reason) throws Exception {
        Failing command = Given.to(new Failing(reason), Map.of("log", new ListLog(), "session", Given.session()));

        assertSame(reason, assertThrows(Exception.class, command::execute));
        assertEquals(List.of("Audit: karaf, mqtt:fail: refused: broken"), logged);
    }

    static List<Exception> endsOfWaiting() {
        return List.of(new InterruptedException(), new IllegalStateException("no answer", new TimeoutException()));
    }

    @ParameterizedTest
    @MethodSource("endsOfWaiting")
    void doesNotSayThatARefusalWasWhatNobodyWaitedFor(Exception end) throws Exception {
        Failing command = Given.to(new Failing(end), Map.of("log", new ListLog(), "session", Given.session()));

        assertSame(end, assertThrows(Exception.class, command::execute));
        assertEquals(List.of("Audit: karaf, mqtt:fail: not waited for; it may still be done."), logged);
    }
}

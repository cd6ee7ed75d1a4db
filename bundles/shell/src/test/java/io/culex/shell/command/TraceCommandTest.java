// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.api.admin.Operation;
import io.culex.api.admin.Tracing;
import io.culex.api.log.BrokerLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TraceCommandTest {
    private final List<String> logged = new ArrayList<>();

    private TraceCommand command(Map<String, Object> given, Tracing tracing) throws Exception {
        BrokerLog log = proxy(BrokerLog.class, (proxy, method, arguments) -> logged.add((String) arguments[1]));
        TraceCommand command =
                Given.to(new TraceCommand(), Map.of("log", log, "session", Given.session(), "tracing", tracing));
        return Given.to(command, given);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    @Test
    void saysWhatIsMissingWhenNeitherAClientNorTopicsAreNamed() throws Exception {
        Tracing none = proxy(Tracing.class, (proxy, method, arguments) -> {
            throw new AssertionError("nothing was named");
        });
        Exception refusal = assertThrows(IllegalArgumentException.class, command(Map.of(), none)::execute);

        assertTrue(String.valueOf(refusal.getMessage()).contains("--topic"), refusal::toString);
        assertEquals(List.of(), logged);
    }

    @Test
    void aTraceThatIsRefusedIsNotWrittenDownAsOneThatRan() throws Exception {
        Tracing full = proxy(Tracing.class, (proxy, method, arguments) -> {
            throw new Operation.RefusedException("16 traces run already.");
        });

        assertThrows(Operation.RefusedException.class, command(Map.of("id", "lamp"), full)::execute);
        assertEquals(List.of("Audit: karaf, mqtt:trace: refused: 16 traces run already."), logged);
    }
}

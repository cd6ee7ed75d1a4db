// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.shell.print.Listing;
import java.util.List;
import java.util.Map;
import org.apache.karaf.shell.api.action.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that cannot be meant are named, before anything is done. */
class NumbersTest {
    private static final class Nothing extends ListCommand {
        @Override
        Listing listing() {
            return new Listing("id");
        }
    }

    private static String refused(Action command, Map<String, Object> given) throws ReflectiveOperationException {
        Given.to(command, given);
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, command::execute).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -5})
    void refusesAPageThatIsNone(int number) throws Exception {
        assertEquals("--limit must not be negative: " + number, refused(new Nothing(), Map.of("limit", number)));
        assertEquals("--offset must not be negative: " + number, refused(new Nothing(), Map.of("offset", number)));
    }

    @Test
    void refusesACountThatIsNone() throws Exception {
        String message = "--count must not be negative: -1";

        assertEquals(message, refused(new SubscribeCommand(), Map.of("count", -1, "filters", List.of("a"))));
        assertEquals(message, refused(new TraceCommand(), Map.of("count", -1)));
        assertEquals(message, refused(new TopCommand(), Map.of("count", -1)));
    }
}

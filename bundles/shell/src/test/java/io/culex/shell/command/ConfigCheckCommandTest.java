// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.command;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.culex.api.admin.Operation;
import io.culex.api.config.Reload;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigCheckCommandTest {
    private record Checked(String message) implements Reload {
        @Override
        public Result reload() {
            throw new AssertionError("only a look");
        }

        @Override
        public Result check() {
            return new Result(false, 1, message);
        }

        @Override
        public Result rollback() {
            throw new AssertionError("only a look");
        }
    }

    private static ConfigCheckCommand command(String message) throws ReflectiveOperationException {
        return Given.to(new ConfigCheckCommand(), Map.of("reload", new Checked(message)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error: Unknown option 'x'.",
                "prometheus: Error: 'plugin_opt_port' value not a number.",
                "The broker is stopping, its configuration stays as it is."
            })
    void whateverIsNotGoodIsARefusalHoweverItBegins(String message) throws Exception {
        ConfigCheckCommand command = command(message);
        assertEquals(
                message,
                assertThrows(Operation.RefusedException.class, command::execute).getMessage());
    }

    @Test
    void whatIsGoodIsNoRefusal() throws Exception {
        assertDoesNotThrow(command("Configuration file is OK.")::execute);
    }
}

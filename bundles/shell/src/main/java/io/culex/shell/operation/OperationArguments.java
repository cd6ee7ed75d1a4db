// SPDX-License-Identifier: Apache-2.0
package io.culex.shell.operation;

import io.culex.api.admin.Operation;
import io.culex.api.admin.Operation.Argument;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** From the words of a command line to the arguments of an operation: {@code name=value}, or values in order. */
record OperationArguments(String command, Operation operation) {
    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with how it is used when words are missing or left over
     */
    Map<String, String> parse(List<String> words) {
        Map<String, String> given = new LinkedHashMap<>();
        Deque<String> inOrder = new ArrayDeque<>();
        for (String word : words) {
            int sign = word.indexOf('=');
            String name = sign < 0 ? "" : word.substring(0, sign);
            if (operation.arguments().stream()
                    .anyMatch(argument -> argument.name().equals(name))) {
                given.put(name, word.substring(sign + 1));
            } else {
                inOrder.add(word);
            }
        }
        for (Argument argument : operation.arguments()) {
            if (!given.containsKey(argument.name()) && !inOrder.isEmpty()) {
                given.put(argument.name(), inOrder.remove());
            }
            if (argument.required() && !given.containsKey(argument.name())) {
                throw new IllegalArgumentException(argument.name() + " is missing; usage: " + usage());
            }
        }
        if (!inOrder.isEmpty()) {
            throw new IllegalArgumentException("'" + inOrder.peek() + "' is too much; usage: " + usage());
        }
        return given;
    }

    /** The command with its arguments; those in brackets may be left out. */
    String usage() {
        return command
                + operation.arguments().stream()
                        .map(argument -> argument.required() ? " " + argument.name() : " [" + argument.name() + "]")
                        .collect(Collectors.joining());
    }
}

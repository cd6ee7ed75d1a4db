// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.ctrl.command;

import java.util.Arrays;
import java.util.Optional;

/** A family of commands with a topic of its own. */
public enum Module {
    /** Dynamic security (SPEC D.4). */
    DYNSEC("dynsec", "$CONTROL/dynamic-security/v1"),
    /** The broker itself (SPEC D.5). */
    BROKER("broker", "$CONTROL/broker/v1");

    private final String word;
    private final String topic;

    Module(String word, String topic) {
        this.word = word;
        this.topic = topic;
    }

    /** Its name on the command line. */
    public String word() {
        return word;
    }

    /** Where requests go; answers come on the topic below. */
    public String topic() {
        return topic;
    }

    /** Where answers come from. */
    public String responseTopic() {
        return topic + "/response";
    }

    /** The module of that name, whatever the case of its letters. */
    public static Optional<Module> of(String word) {
        return Arrays.stream(values())
                .filter(module -> module.word.equalsIgnoreCase(word))
                .findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationParticipant;
import io.culex.api.config.GenerationRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what it is asked and holds the generation that it was told to commit. */
public final class FakeParticipant implements GenerationParticipant {
    private final String name;
    private final int order;
    private final List<String> calls;
    final List<String> changes = new ArrayList<>();
    private @Nullable Generation prepared;
    private @Nullable Generation inForce;
    public GenerationRefusedException.@Nullable Kind refuses;

    @Nullable
    Throwable breaks;

    @Nullable
    Error breaksAtCommit;

    public FakeParticipant(String name, int order, List<String> calls) {
        this.name = name;
        this.order = order;
        this.calls = calls;
    }

    Participant named() {
        return new Participant(this, name);
    }

    @Nullable
    Generation inForce() {
        return inForce;
    }

    @Override
    public int order() {
        return order;
    }

    @Override
    public void prepare(Generation generation) throws GenerationRefusedException {
        calls.add("prepare " + name);
        if (refuses != null) {
            throw new GenerationRefusedException(refuses, "Error: " + name + " refuses");
        }
        raise(breaks);
        if (prepared != null) {
            throw violation(" was prepared already");
        }
        prepared = generation;
    }

    @Override
    public void commit(Generation generation) {
        calls.add("commit " + name);
        raise(breaksAtCommit);
        take(generation);
        inForce = generation;
    }

    @Override
    public void abort(Generation generation) {
        calls.add("abort " + name);
        take(generation);
    }

    @Override
    public void changeBegins() {
        changes.add("begins");
    }

    @Override
    public void changeEnds() {
        changes.add("ends");
    }

    private void take(Generation generation) {
        if (!generation.equals(prepared)) {
            throw violation(" was not prepared for that generation");
        }
        prepared = null;
    }

    /** Who calls may catch it. */
    private AssertionError violation(String what) {
        calls.add(name + what);
        return new AssertionError(name + what);
    }

    private static void raise(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException exception) {
            throw exception;
        }
    }
}

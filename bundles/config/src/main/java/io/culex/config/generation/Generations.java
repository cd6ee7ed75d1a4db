// SPDX-License-Identifier: Apache-2.0
package io.culex.config.generation;

import io.culex.api.config.Generation;
import io.culex.api.config.GenerationRefusedException;
import io.culex.api.log.LogType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One change or none: every participant prepares a generation, then every one commits it; when one refuses, those before it
 * abort. On the admin thread only.
 */
final class Generations {
    private final List<Participant> participants = new ArrayList<>();
    private final Map<Participant, Long> taken = new HashMap<>();

    /** Why those who came late have not taken the generation in force. */
    private final Map<Participant, String> refusals = new HashMap<>();

    private final BiConsumer<LogType, String> log;
    private @Nullable Generation current;

    Generations(BiConsumer<LogType, String> log) {
        this.log = log;
    }

    /** The generation in force, or null before the first. */
    @Nullable
    Generation current() {
        return current;
    }

    /** The names of the participants that are there. */
    Set<String> names() {
        return participants.stream().map(Participant::name).collect(Collectors.toSet());
    }

    /** Adds a participant; one that comes late takes the generation in force, now or as soon as it can. */
    void join(Participant participant) {
        participants.add(participant);
        participants.sort(Comparator.comparingInt(p -> p.service().order()));
        catchUp();
    }

    /**
     * Has those take the generation in force who have not: one that came when another, which it needs, was not there yet has refused
     * it. To be called again and again. Says why one refuses, once.
     */
    void catchUp() {
        Generation generation = current;
        if (generation != null) {
            participants.stream()
                    .filter(p -> !Objects.equals(taken.get(p), generation.number()))
                    .toList()
                    .forEach(p -> catchUp(p, generation));
        }
    }

    private void catchUp(Participant participant, Generation generation) {
        try {
            take(generation, List.of(participant));
            refusals.remove(participant);
        } catch (GenerationRefusedException e) {
            String reason = Objects.toString(e.getMessage(), e.toString());
            if (!reason.equals(refusals.put(participant, reason))) {
                log.accept(LogType.ERROR, reason);
            }
        }
    }

    void leave(Participant participant) {
        participants.remove(participant);
        taken.remove(participant);
        refusals.remove(participant);
    }

    /**
     * Gives the generation to those participants only, without putting it in force: before the first one is, the log needs
     * its settings for what the others have to say.
     */
    void takeAhead(Generation generation, Predicate<Participant> who) throws GenerationRefusedException {
        take(generation, participants.stream().filter(who).toList());
    }

    /**
     * Puts the generation in force.
     *
     * @throws GenerationRefusedException when a participant refuses it; the one before stays in force
     */
    void apply(Generation generation) throws GenerationRefusedException {
        take(generation, participants);
        current = generation;
    }

    /** Has those take the generation in force once more, so that they open anew what they hold open; nothing before the first. */
    void renew(Predicate<Participant> who) throws GenerationRefusedException {
        Generation generation = current;
        if (generation != null) {
            List<Participant> again = participants.stream().filter(who).toList();
            Map<Participant, Long> before = new HashMap<>(taken);
            before.keySet().retainAll(again);
            again.forEach(taken::remove);
            try {
                take(generation, again);
            } finally {
                // Who refuses goes on with what it has; who had none is asked again.
                before.forEach(taken::putIfAbsent);
            }
        }
    }

    /** Tells everyone that a change was asked for. */
    void changeBegins() {
        List.copyOf(participants)
                .forEach(p -> guard(p, "begin", q -> q.service().changeBegins()));
    }

    /** Tells everyone that it was taken or refused. */
    void changeEnds() {
        List.copyOf(participants).forEach(p -> guard(p, "end", q -> q.service().changeEnds()));
    }

    private void take(Generation generation, List<Participant> who) throws GenerationRefusedException {
        List<Participant> open = who.stream()
                .filter(p -> !Objects.equals(taken.get(p), generation.number()))
                .toList();
        Deque<Participant> prepared = new ArrayDeque<>();
        try {
            for (Participant participant : open) {
                prepare(generation, participant);
                prepared.push(participant);
            }
        } catch (GenerationRefusedException e) {
            prepared.forEach(p -> guard(p, "abort", q -> q.service().abort(generation)));
            throw e;
        }
        for (Participant participant : open) {
            guard(participant, "commit", p -> p.service().commit(generation));
            taken.put(participant, generation.number());
        }
    }

    private static void prepare(Generation generation, Participant participant) throws GenerationRefusedException {
        try {
            participant.service().prepare(generation);
        } catch (RuntimeException | Error e) {
            // An error, too, is one participant's: that of a bundle which is being replaced lacks classes.
            throw new GenerationRefusedException(
                    GenerationRefusedException.Kind.SYSTEM, "Error: " + describe(participant) + " failed: " + e, e);
        }
    }

    /** Commit and abort must not fail; when one does, the others still get theirs. */
    private void guard(Participant participant, String step, Consumer<Participant> work) {
        try {
            work.accept(participant);
        } catch (RuntimeException | Error e) {
            log.accept(LogType.ERROR, "Error: " + step + " of " + describe(participant) + " failed: " + e);
        }
    }

    private static String describe(Participant participant) {
        return participant.name().isEmpty() ? participant.service().getClass().getName() : participant.name();
    }
}

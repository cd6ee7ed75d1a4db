// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Dockerfile, and the shell script that does its steps without Docker: each stage is an overlay over this machine's own root,
 * which stands for the base image with what {@code apt-get} installs.
 */
final class Recipe {
    private final List<Step> steps = new ArrayList<>();

    /**
     * One instruction.
     *
     * @param word {@code RUN}, {@code COPY}, ...
     * @param rest what follows it, lines joined
     */
    record Step(String word, String rest) {
        boolean isInstallation() {
            return word.equals("RUN") && rest.startsWith("apt-get");
        }
    }

    static Recipe of(Path dockerfile) throws IOException {
        Recipe recipe = new Recipe();
        StringBuilder line = new StringBuilder();
        for (String part : Files.readAllLines(dockerfile)) {
            if (part.isBlank() || part.startsWith("#")) {
                continue;
            }
            line.append(part.strip());
            if (part.endsWith("\\")) {
                line.setLength(line.length() - 1);
            } else {
                String[] words = line.toString().split(" +", 2);
                recipe.steps.add(new Step(words[0], words[1]));
                line.setLength(0);
            }
        }
        return recipe;
    }

    /** What comes last under that word. */
    String last(String word) {
        return steps.stream()
                .filter(step -> step.word().equals(word))
                .reduce((a, b) -> b)
                .orElseThrow(() -> new AssertionError("no " + word))
                .rest();
    }

    /** A list of words in JSON's form, which is the form that starts no shell. */
    List<String> words(String word) {
        String form = last(word);
        String list = form.substring(form.indexOf('['));
        return Arrays.stream(list.substring(2, list.length() - 2).split("\", *\"", -1))
                .toList();
    }

    /** The variables of {@code ENV}. */
    Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        for (Step step : steps) {
            if (step.word().equals("ENV")) {
                for (String pair : step.rest().split(" +", -1)) {
                    String[] sides = pair.split("=", 2);
                    variables.put(sides[0], sides[1]);
                }
            }
        }
        return variables;
    }

    /** The packages that are installed. */
    List<String> packages() {
        return steps.stream()
                .filter(Step::isInstallation)
                .flatMap(step -> Arrays.stream(
                        step.rest().replaceAll(".* install ([^&]*).*", "$1").split(" +", -1)))
                .filter(word -> !word.isEmpty() && !word.startsWith("-"))
                .toList();
    }

    /** Shell functions for {@link #script}; {@code $work} is a folder in memory, {@code $context} the top of the repository. */
    private static final String FUNCTIONS =
            """
            stage() {
                root=$work/$1
                mkdir -p "$root" "$work/$1.changes" "$work/$1.work"
                mount -t overlay overlay -o "lowerdir=/,upperdir=$work/$1.changes,workdir=$work/$1.work" "$root"
                mount --rbind /dev "$root/dev"
                # What the base image has not, and a machine for tests may have.
                rm -rf "$root/mosquitto" "$root/usr/sbin/mosquitto" "$root/usr/bin/mosquitto_passwd" \\
                    "$root/usr/bin/mosquitto_ctrl"
                sed -i '/^mosquitto:/d' "$root/etc/passwd" "$root/etc/group"
            }
            copy() {
                [ $# = 2 ] || { echo "COPY of $# names: $*" >&2; exit 99; }
                mkdir -p "$(dirname "$root$2")"
                if [ -d "$1" ]; then mkdir -p "$root$2" && cp -a "$1/." "$root$2"; else cp "$1" "$root$2"; fi
            }
            """;

    /** The steps; afterwards {@code $root} is the last stage's. */
    String script() {
        StringBuilder script = new StringBuilder(FUNCTIONS);
        int stages = 0;
        for (Step step : steps) {
            switch (step.word()) {
                case "FROM" ->
                    script.append("stage ")
                            .append(
                                    step.rest().contains(" AS ")
                                            ? step.rest().replaceAll(".* AS ", "")
                                            : "s" + stages++)
                            .append('\n');
                case "COPY" ->
                    script.append("copy ").append(sources(step.rest())).append('\n');
                case "RUN" -> {
                    if (!step.isInstallation()) {
                        script.append("chroot \"$root\" /bin/sh -c ")
                                .append(quoted(step.rest()))
                                .append('\n');
                    }
                }
                case "ENV", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD" -> {
                    // Said to the one who runs the image.
                }
                default -> throw new AssertionError("a step that this test does not know: " + step);
            }
        }
        return script.toString();
    }

    /** Of another stage, or of the repository. */
    private static String sources(String rest) {
        return rest.startsWith("--from=")
                ? rest.replaceFirst("--from=(\\S+) +", "\"\\$work\"/$1")
                : "\"$context\"/" + rest;
    }

    /** One word for the shell. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}

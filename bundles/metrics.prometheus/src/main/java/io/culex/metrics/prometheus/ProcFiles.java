// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.prometheus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** What Linux says of a process under {@code /proc}. Blocks for microseconds; empty where there is no such file. */
final class ProcFiles {
    /** Where the fields of {@code stat} begin that follow the name of the program, which may hold anything. */
    private static final int FIELDS_BEFORE = 3;

    private static final int VIRTUAL_SIZE = 23;
    private static final String RESIDENT = "VmRSS:";

    private final Path folder;

    /** Of this process. */
    ProcFiles() {
        this(Path.of("/proc/self"));
    }

    ProcFiles(Path folder) {
        this.folder = folder;
    }

    OptionalDouble virtualBytes() {
        return field(VIRTUAL_SIZE);
    }

    /** In the file that tells it in KiB: how large a page is depends on the machine. */
    OptionalDouble residentBytes() {
        return read("status")
                .lines()
                .filter(line -> line.startsWith(RESIDENT))
                .mapToDouble(line -> 1024
                        * Double.parseDouble(line.substring(RESIDENT.length())
                                .replace("kB", "")
                                .strip()))
                .findFirst();
    }

    private OptionalDouble field(int number) {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        int at = number - FIELDS_BEFORE;
        return fields.length > at ? OptionalDouble.of(Double.parseDouble(fields[at])) : OptionalDouble.empty();
    }

    /** Open file descriptors. Newer kernels tell their number as a size; older ones have it counted. */
    OptionalDouble openFiles() {
        try {
            Path open = folder.resolve("fd");
            long size = Files.size(open);
            if (size > 0) {
                return OptionalDouble.of(size);
            }
            try (Stream<Path> files = Files.list(open)) {
                return OptionalDouble.of(files.count());
            }
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    /** The soft limit of {@code Max open files} or {@code Max address space}; infinite without one. */
    OptionalDouble limit(String name) {
        for (String line : read("limits").split("\n", -1)) {
            if (line.startsWith(name)) {
                String value = line.substring(name.length()).strip().split("\\s+", -1)[0];
                return OptionalDouble.of(
                        value.equals("unlimited") ? Double.POSITIVE_INFINITY : Double.parseDouble(value));
            }
        }
        return OptionalDouble.empty();
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }
}

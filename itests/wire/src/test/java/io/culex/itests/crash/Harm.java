// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import io.culex.itests.crash.StoreFile.Entry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What a disk may do to a store while its broker is down, and what is to come of it. */
enum Harm {
    /** One bit in a message. */
    FLIPPED_BIT {
        @Override
        Done to(List<StoreFile> files) {
            StoreFile file = fullest(files);
            Entry entry = pick(file, 0, 1).get(0);
            int at = entry.at() + Round.random(0, 12 + entry.body().length());
            file.flip(at, 1 << Round.random(0, 8));
            return error(file, "is damaged: " + entry.size() + " bytes at " + entry.at() + " are lost", List.of(entry));
        }
    },
    /** A run of zeros over several records. */
    ZEROED_BYTES {
        @Override
        Done to(List<StoreFile> files) {
            StoreFile file = fullest(files);
            List<Entry> hit = pick(file, 0, Round.random(2, 20));
            int from = hit.get(0).at();
            int to = hit.get(hit.size() - 1).end();
            file.change(bytes -> {
                Arrays.fill(bytes, from, to - 7, (byte) 0);
                return bytes;
            });
            return error(file, "is damaged: " + (to - from) + " bytes at " + from + " are lost", hit);
        }
    },
    /** The file that is written to has lost its end. */
    CUT_TAIL {
        @Override
        Done to(List<StoreFile> files) {
            StoreFile file = newest(files);
            Entry first = pick(file, 3, 1).get(0);
            // Where one record ends and nothing follows, nothing shows that something did.
            int size = Round.random(first.at() + 9, first.end());
            file.change(bytes -> Arrays.copyOf(bytes, size));
            return notice(file, "ends within a record; it was cut off at " + first.at(), from(file, first));
        }
    },
    /** A file that is full has lost its end. */
    CUT_OLDER {
        @Override
        Done to(List<StoreFile> files) {
            StoreFile file = older(files);
            Entry first = pick(file, 3, 1).get(0);
            int size = Round.random(first.at(), first.end());
            file.change(bytes -> Arrays.copyOf(bytes, size));
            return error(file, "ends too early, at " + first.at() + ": what followed is lost", from(file, first));
        }

        @Override
        int lives() {
            return 2;
        }
    },
    /** A file in the middle is gone. */
    MISSING_FILE {
        @Override
        Done to(List<StoreFile> files) {
            StoreFile file = older(files);
            file.delete();
            return error(file, "are missing: what they held is lost", file.entries());
        }

        @Override
        int lives() {
            return 3; // its first life may hold what was said of a session last
        }
    },
    /** One bit of what was said of a session: it is as was said before or after, or it is gone. */
    SESSION {
        @Override
        Done to(List<StoreFile> files) {
            StoreFile file = fullest(files.stream().filter(Harm::saysOfAbsentee).toList());
            Entry entry = file.entries().stream()
                    .filter(Harm::isOfAbsentee)
                    .reduce((before, last) -> last)
                    .orElseThrow();
            file.flip(entry.at() + Round.random(0, 12 + entry.body().length()), 0x10);
            return error(file, "is damaged: " + entry.size() + " bytes at " + entry.at() + " are lost", List.of(entry));
        }
    },
    /** All that stands before the records. */
    BOTH_HEADERS {
        @Override
        Done to(List<StoreFile> files) {
            StoreFile file = older(files);
            file.change(bytes -> {
                Arrays.fill(bytes, 0, StoreFile.FIRST_RECORD, (byte) 0);
                return bytes;
            });
            return error(file, "is damaged.", List.of());
        }

        @Override
        int lives() {
            return 2;
        }
    },
    /** Somebody else's bytes behind the end. */
    JUNK_AT_END {
        @Override
        Done to(List<StoreFile> files) {
            StoreFile file = newest(files);
            byte[] junk = new byte[Round.random(16, 5000)];
            ThreadLocalRandom.current().nextBytes(junk);
            file.change(bytes -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + junk.length);
                System.arraycopy(junk, 0, longer, bytes.length, junk.length);
                return longer;
            });
            return notice(file, "ends within a record; it was cut off at", List.of());
        }
    };

    /**
     * What was done.
     *
     * @param words what the broker's log says of it, beside the file's name
     * @param isError whether it says so as an error
     * @param lost the records that are lost
     */
    record Done(Path file, String words, boolean isError, List<Entry> lost) {
        @Override
        public String toString() {
            return file + " " + words + ", " + lost.size() + " records";
        }

        /** A copy of the file as it was found stands aside. */
        boolean hasCopy() {
            return isError && !words.startsWith("are missing");
        }
    }

    /** Does it to a store of several files whose broker does not run. */
    abstract Done to(List<StoreFile> files);

    /** How many lives of the broker must have left their messages in the queues. */
    int lives() {
        return 1;
    }

    private static Done error(StoreFile file, String words, List<Entry> lost) {
        return new Done(file.path(), words, true, lost);
    }

    private static Done notice(StoreFile file, String words, List<Entry> lost) {
        return new Done(file.path(), words, false, lost);
    }

    private static StoreFile newest(List<StoreFile> files) {
        return files.get(files.size() - 1);
    }

    /** One life may write two files. */
    private static StoreFile fullest(List<StoreFile> files) {
        return files.stream()
                .max(Comparator.comparing(file -> file.entries().size()))
                .orElseThrow();
    }

    private static boolean saysOfAbsentee(StoreFile file) {
        return file.entries().stream().anyMatch(Harm::isOfAbsentee);
    }

    private static boolean isOfAbsentee(Entry entry) {
        return entry.isSession() && entry.body().contains(DamageTest.ABSENTEE);
    }

    private static StoreFile older(List<StoreFile> files) {
        return files.get(files.size() - 2);
    }

    private static List<Entry> from(StoreFile file, Entry first) {
        return file.entries()
                .subList(file.entries().indexOf(first), file.entries().size());
    }

    /** Records that follow each other and begin with a message, behind so many quarters of the file, none of them the last. */
    private static List<Entry> pick(StoreFile file, int quarters, int count) {
        List<Entry> all = file.entries();
        int first = all.size() * quarters / 4;
        for (int tries = 0; tries < 10_000; tries++) {
            int at = Round.random(first, Math.max(first + 1, all.size() - count - 2));
            List<Entry> picked = all.subList(at, Math.min(all.size(), at + count));
            if (picked.get(0).message().isPresent() && picked.stream().allMatch(Entry::sparesSessions)) {
                return List.copyOf(picked);
            }
        }
        throw new AssertionError("no place to damage among " + all.size() + " records of " + file.path());
    }
}

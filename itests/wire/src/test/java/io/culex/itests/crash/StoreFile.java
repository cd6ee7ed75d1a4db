// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A file of a store whose broker is dead, read by what is written about its form and not by the store itself. */
final class StoreFile {
    static final int FIRST_RECORD = 4096;

    private static final int HEAD = 12;
    private static final int TYPE = 8;
    private static final int MESSAGE = 1;
    private static final int SESSION = 7;
    /** How far a message is at a receiver. */
    private static final Set<Integer> STEPS = Set.of(2, 3, 4);
    /** Packet Identifiers of senders, cleared topics: nobody's session hangs on them. */
    private static final Set<Integer> PASSING = Set.of(5, 6, 11, 12);

    private static final Pattern PUBLISHED = Pattern.compile("(crash/\\w*[a-z])(\\d+) ");
    private static final Pattern RETAINED = Pattern.compile("retained/w\\d/\\d");

    private final Path path;
    private final List<Entry> entries = new ArrayList<>();

    /** A record: where it begins, how long it is with all that belongs to it, its type and its body as text. */
    record Entry(int at, int size, int type, String body) {
        /** Topic and number of a message of the publishers. */
        Optional<String> message() {
            Matcher matcher = PUBLISHED.matcher(body);
            return type == MESSAGE && matcher.find()
                    ? Optional.of(matcher.group(1) + " " + matcher.group(2))
                    : Optional.empty();
        }

        /** The topic of a retained message that it makes, changes or clears. */
        Stream<String> retained() {
            return RETAINED.matcher(body).results().map(found -> found.group());
        }

        /** It says that a message was sent or needs to be sent no more. */
        boolean isStep() {
            return STEPS.contains(type);
        }

        /** It says how a session is. */
        boolean isSession() {
            return type == SESSION;
        }

        /** Its loss ends no session and no subscription. */
        boolean sparesSessions() {
            return type == MESSAGE || isStep() || PASSING.contains(type);
        }

        int end() {
            return at + size;
        }
    }

    StoreFile(Path path) {
        this.path = path;
        byte[] bytes = read(path);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = FIRST_RECORD;
        while (at + HEAD <= bytes.length) {
            int length = buffer.getInt(at);
            int size = HEAD + length + 7 & ~7;
            if (length <= 0 || length > bytes.length - at - HEAD || at + size > bytes.length) {
                break;
            }
            String body = new String(bytes, at + HEAD, length, StandardCharsets.ISO_8859_1);
            entries.add(new Entry(at, size, bytes[at + TYPE], body));
            at += size;
        }
    }

    private static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of a folder, oldest first. */
    static List<StoreFile> all(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .sorted()
                    .map(StoreFile::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    List<Entry> entries() {
        return entries;
    }

    /** What it looks like when {@code change} is done to its bytes. */
    void change(Change change) {
        try {
            Files.write(path, change.of(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Other bytes than there were. */
    interface Change {
        byte[] of(byte[] bytes);
    }

    /** Changes one byte where it stands, also under a broker that runs. */
    void flip(int at, int bits) {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            int old = file.read();
            file.seek(at);
            file.write(old ^ bits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

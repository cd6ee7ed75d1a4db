// SPDX-License-Identifier: Apache-2.0
package io.culex.config.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file and those it includes, line by line (SPEC A.1). Blocks on the file system. */
public final class ConfigReader {
    /** Stands for bytes that are no UTF-8. */
    static final char NOT_UTF_8 = '\uFFFF';

    private final ConfigDocument document;
    private final FileTexts texts;

    private ConfigReader(ConfigDocument document, FileTexts texts) {
        this.document = document;
        this.texts = texts;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidConfigException when it cannot be read or a line is wrong
     */
    public static ConfigDocument read(String file) throws InvalidConfigException {
        return read(file, FileTexts.ofDisk());
    }

    /** The same with text from elsewhere. */
    public static ConfigDocument read(String file, FileTexts texts) throws InvalidConfigException {
        ConfigDocument document = new ConfigDocument(new Place(file, 0, null));
        try {
            new ConfigReader(document, texts).readFile(file, null);
            DocumentChecks.check(document);
        } catch (InvalidConfigException e) {
            throw e.after(document.log());
        }
        return document;
    }

    /** The files of a folder that is included, in the order in which they are read. */
    List<String> filesIn(String folder, Statement statement) throws InvalidConfigException {
        return IncludeDir.files(folder, statement, texts);
    }

    /** Reads the main file, or one that is included at that place. */
    void readFile(String file, @Nullable Place includedAt) throws InvalidConfigException {
        document.addFile(file);
        byte[] bytes = load(file, includedAt);
        Dispatch dispatch = new Dispatch(new Scopes(document), this);
        int line = 0;
        int start = 0;
        while (start < bytes.length) {
            int end = start;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            line++;
            readLine(Arrays.copyOfRange(bytes, start, end), new Place(file, line, includedAt), dispatch);
            start = end + 1;
        }
    }

    private void readLine(byte[] bytes, Place place, Dispatch dispatch) throws InvalidConfigException {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == '\r') {
            length--;
        }
        if (length == 0 || bytes[0] == '#' || bytes[0] == '\r') {
            return;
        }
        Words words = new Words(decode(bytes, length));
        String keyword = words.next();
        if (keyword != null) {
            dispatch.take(new Statement(keyword, words, place, document.mutableLog()));
        }
    }

    private static String decode(byte[] bytes, int length) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
            return text.toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, 0, length, StandardCharsets.UTF_8).replace('\uFFFD', NOT_UTF_8);
        }
    }

    private byte[] load(String file, @Nullable Place includedAt) throws InvalidConfigException {
        try {
            if (texts.isFolder(file)) {
                throw new InvalidConfigException("Error: Config file '" + file + "' is a directory.", includedAt);
            }
            return texts.read(file);
        } catch (IOException | InvalidPathException e) {
            throw new InvalidConfigException("Error: Unable to open config file '" + file + "'.", includedAt);
        }
    }
}

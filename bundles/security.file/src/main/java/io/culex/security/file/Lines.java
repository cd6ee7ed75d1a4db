// SPDX-License-Identifier: Apache-2.0
package io.culex.security.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of a text file. What is not text is refused, so that no name is ever another than the one in the file. */
final class Lines {
    private Lines() {}

    static List<String> of(byte[] bytes, String message) throws InvalidFileException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < bytes.length) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                if (bytes[end] == 0) {
                    throw new InvalidFileException(message, lines.size() + 1, "it has a NUL");
                }
                end++;
            }
            try {
                lines.add(
                        decoder.decode(ByteBuffer.wrap(bytes, from, end - from)).toString());
            } catch (CharacterCodingException e) {
                throw new InvalidFileException(message, lines.size() + 1, "it is not UTF-8");
            }
            from = end + 1;
        }
        return lines;
    }
}

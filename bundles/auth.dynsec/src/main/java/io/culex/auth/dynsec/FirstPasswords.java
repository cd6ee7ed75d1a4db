// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec;

import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.ConfigurationFile;
import io.culex.auth.dynsec.model.InitialConfiguration;
import io.culex.security.file.InvalidFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the configuration that there is without a file (SPEC D.2). The administrator's password comes from a file, from the
 * environment, or is made up and written beside the configuration.
 */
final class FirstPasswords {
    private static final String VARIABLE = "MOSQUITTO_DYNSEC_PASSWORD";
    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final int MINIMUM = 12;
    private static final int LENGTH = 20;

    private final UnaryOperator<@Nullable String> environment;
    private final UnaryOperator<String> hash;
    private final SecureRandom random = new SecureRandom();

    /**
     * From these sources.
     *
     * @param environment gives a variable, or null
     * @param hash of a password
     */
    FirstPasswords(UnaryOperator<@Nullable String> environment, UnaryOperator<String> hash) {
        this.environment = environment;
        this.hash = hash;
    }

    /** Whether the file could be made; blocks. Nothing is written. */
    void check(Path file, @Nullable Path passwordInitFile) throws InvalidFileException {
        try {
            given(passwordInitFile);
        } catch (IOException e) {
            throw failed(file, e);
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw failed(file, new NoSuchFileException(String.valueOf(folder)));
        }
        if (!Files.isWritable(folder) || !Files.isReadable(folder)) {
            throw failed(file, new AccessDeniedException(folder.toString()));
        }
    }

    private static InvalidFileException failed(Path file, IOException cause) {
        return new InvalidFileException(
                "Error: Dynamic security plugin config '" + file + "' cannot be generated: " + cause);
    }

    /** Makes and writes the file; blocks. */
    Configuration generate(Path file, @Nullable Path passwordInitFile) throws InvalidFileException {
        Configuration made;
        try {
            String given = given(passwordInitFile);
            if (given != null) {
                made = InitialConfiguration.generated(hash.apply(given), null);
            } else {
                made = madeUp(file);
            }
            ConfigurationFile.write(file, made);
        } catch (IOException e) {
            throw failed(file, e);
        }
        return made;
    }

    private Configuration madeUp(Path file) throws IOException {
        String admin = password();
        String demo = password();
        String lines =
                InitialConfiguration.ADMIN + " " + admin + "\n" + InitialConfiguration.DEMO_CLIENT + " " + demo + "\n";
        Path beside = file.resolveSibling(file.getFileName() + ".pw");
        // Never through a link that someone has laid there.
        Files.deleteIfExists(beside);
        ConfigurationFile.write(beside, lines.getBytes(StandardCharsets.UTF_8));
        return InitialConfiguration.generated(hash.apply(admin), hash.apply(demo));
    }

    private @Nullable String given(@Nullable Path passwordInitFile) throws IOException, InvalidFileException {
        if (passwordInitFile != null) {
            List<String> lines = Files.readAllLines(passwordInitFile);
            String password = lines.isEmpty() ? "" : lines.get(0).trim();
            if (password.isEmpty()) {
                throw new InvalidFileException(
                        "Error: There is no password in the first line of '" + passwordInitFile + "'.");
            }
            return password;
        }
        String password = environment.apply(VARIABLE);
        if (password != null && password.length() < MINIMUM) {
            throw new InvalidFileException("Error: The password in " + VARIABLE + " must have at least " + MINIMUM
                    + " characters. No dynamic security plugin config is generated.");
        }
        return password;
    }

    private String password() {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.model;

import com.google.gson.JsonElement;
import com.google.gson.stream.MalformedJsonException;
import io.culex.auth.dynsec.json.Json;
import io.culex.auth.dynsec.json.Members;
import java.util.function.Consumer;

/** The text of the file: what Mosquitto 2.0 and 2.1 write is read, what both can read is written (SPEC D.2). */
public final class ConfigurationFormat {
    private ConfigurationFormat() {}

    /**
     * Reads a text. Members that are unknown are skipped; objects that Mosquitto skips (a name that is empty or there already, a
     * reference to what is not there) are skipped with a warning. An empty text is an empty configuration.
     *
     * @param warnings takes lines for a person
     * @throws InvalidConfigurationException when it is not JSON, a member has the wrong type, or what denies cannot be checked
     */
    public static Configuration read(String text, Consumer<String> warnings) throws InvalidConfigurationException {
        if (text.isEmpty()) {
            return Configuration.EMPTY;
        }
        try {
            JsonElement root = Json.parse(text);
            if (!root.isJsonObject()) {
                throw new InvalidConfigurationException("It is not a JSON object");
            }
            return new ConfigurationReading(warnings).read(new Members(root.getAsJsonObject(), ""));
        } catch (MalformedJsonException e) {
            throw new InvalidConfigurationException("It is not valid JSON: " + e.getMessage());
        } catch (Members.FaultException e) {
            throw new InvalidConfigurationException(String.valueOf(e.getMessage()));
        }
    }

    /** Writes a text, with a line feed at its end. */
    public static String write(Configuration configuration) {
        return new ConfigurationWriting().write(configuration);
    }
}

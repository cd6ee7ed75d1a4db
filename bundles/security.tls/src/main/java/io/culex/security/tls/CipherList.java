// SPDX-License-Identifier: Apache-2.0
package io.culex.security.tls;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * OpenSSL's language of cipher lists (its manual page {@code ciphers}), for ciphers below TLS 1.3 under their OpenSSL names. As
 * there, a word that means no cipher is passed over.
 */
final class CipherList {
    private static final Comparator<String> BEST_FIRST = Comparator.comparing((String c) -> !is(c, "ECDHE"))
            .thenComparing(c -> !is(c, "AEAD"))
            .thenComparing(c -> -bits(c))
            .thenComparing(Comparator.naturalOrder());

    private final List<String> available;
    private final Set<String> chosen = new LinkedHashSet<>();
    private final Set<String> banned = new LinkedHashSet<>();

    private CipherList(Collection<String> available) {
        this.available = available.stream()
                .filter(cipher -> !cipher.startsWith("TLS_"))
                .sorted(BEST_FIRST)
                .toList();
    }

    /** Which of the available ciphers a list means, in its order; may be empty. */
    static List<String> choose(String list, Collection<String> available) {
        CipherList all = new CipherList(available);
        for (String element : list.split("[:, ]+", -1)) {
            if (!element.isEmpty()) {
                all.apply(element);
            }
        }
        return List.copyOf(all.chosen);
    }

    private void apply(String element) {
        switch (element.charAt(0)) {
            case '@' -> {
                if (element.equals("@STRENGTH")) {
                    List<String> sorted = new ArrayList<>(chosen);
                    sorted.sort(Comparator.comparing(cipher -> -bits(cipher)));
                    chosen.clear();
                    chosen.addAll(sorted);
                }
            }
            case '!' -> {
                List<String> meant = meant(element.substring(1));
                banned.addAll(meant);
                meant.forEach(chosen::remove);
            }
            case '-' -> meant(element.substring(1)).forEach(chosen::remove);
            case '+' -> {
                List<String> moved = meant(element.substring(1));
                moved.removeIf(cipher -> !chosen.remove(cipher));
                chosen.addAll(moved);
            }
            default -> {
                List<String> added = meant(element);
                added.removeAll(banned);
                chosen.addAll(added);
            }
        }
    }

    private List<String> meant(String words) {
        Predicate<String> meant = cipher -> true;
        for (String word : words.split("\\+", -1)) {
            meant = meant.and(cipher -> is(cipher, word));
        }
        return new ArrayList<>(available.stream().filter(meant).toList());
    }

    private static boolean is(String cipher, String word) {
        return switch (word) {
            case "ALL" -> true;
            case "DEFAULT" -> !cipher.contains("PSK") && bits(cipher) >= 128;
            case "HIGH" -> bits(cipher) >= 128;
            case "ECDHE", "EECDH", "kECDHE", "kEECDH" -> cipher.startsWith("ECDHE-");
            case "DHE", "EDH", "kDHE", "kEDH" -> cipher.startsWith("DHE-");
            case "kRSA" -> exchangesByRsa(cipher);
            case "RSA" -> exchangesByRsa(cipher);
            case "aRSA" -> exchangesByRsa(cipher) || cipher.contains("-RSA-");
            case "ECDSA", "aECDSA" -> cipher.contains("-ECDSA-");
            case "PSK", "kPSK", "aPSK" -> cipher.contains("PSK");
            case "AES" -> cipher.contains("AES");
            case "AES128" -> cipher.contains("AES128");
            case "AES256" -> cipher.contains("AES256");
            case "AESGCM" -> cipher.contains("-GCM-");
            case "CHACHA20" -> cipher.contains("CHACHA20");
            case "3DES" -> cipher.contains("CBC3");
            case "AEAD", "TLSv1.2" ->
                cipher.contains("-GCM-")
                        || cipher.contains("CHACHA20")
                        || (word.equals("TLSv1.2") && !cipher.endsWith("-SHA"));
            case "SHA", "SHA1", "SSLv3", "TLSv1", "TLSv1.0" -> cipher.endsWith("-SHA");
            case "SHA256" -> cipher.endsWith("-SHA256") && !cipher.contains("-GCM-");
            case "SHA384" -> cipher.endsWith("-SHA384") && !cipher.contains("-GCM-");
            default -> cipher.equals(word);
        };
    }

    private static boolean exchangesByRsa(String cipher) {
        return !cipher.startsWith("ECDHE-") && !cipher.startsWith("DHE-") && !cipher.contains("PSK");
    }

    private static int bits(String cipher) {
        if (cipher.contains("AES256") || cipher.contains("CHACHA20")) {
            return 256;
        }
        return cipher.contains("AES128") ? 128 : 112;
    }
}

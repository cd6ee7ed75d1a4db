// SPDX-License-Identifier: Apache-2.0
package io.culex.security.hash;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** A PHC string of Argon2id (RFC 9106): {@code $argon2id$v=19$m=47104,t=1,p=1$salt$hash}, Base64 without padding. */
final class Argon2Hash implements PasswordHash {
    static final String TAG = "argon2id";

    private static final int MEMORY_KIB = 47_104;
    private static final int MAX_MEMORY_KIB = 4 << 20;
    private static final int MAX_LANES = 255;
    private static final int MIN_SALT = 8;
    private static final int MIN_HASH = 4;
    private static final String DEFAULT_VERSION = "v=16";

    /** What one computation costs, as the string carries it. */
    private record Cost(int version, int memoryKib, int passes, int lanes) {
        static Cost parse(String version, String cost) throws InvalidHashException {
            String[] parts = cost.split(",", -1);
            if (parts.length != 3
                    || !parts[0].startsWith("m=")
                    || !parts[1].startsWith("t=")
                    || !parts[2].startsWith("p=")) {
                throw new InvalidHashException("the parameters are not m=..,t=..,p=..");
            }
            int lanes = Fields.number(parts[2].substring(2), 1, MAX_LANES, "parallelism");
            return new Cost(
                    version(version),
                    Fields.number(parts[0].substring(2), 8 * lanes, MAX_MEMORY_KIB, "memory in KiB"),
                    Fields.number(parts[1].substring(2), 1, Integer.MAX_VALUE, "count of passes"),
                    lanes);
        }

        private static int version(String text) throws InvalidHashException {
            return switch (text) {
                case DEFAULT_VERSION -> Argon2Parameters.ARGON2_VERSION_10;
                case "v=19" -> Argon2Parameters.ARGON2_VERSION_13;
                default -> throw new InvalidHashException("the version of Argon2id is neither 16 nor 19");
            };
        }
    }

    private final Cost cost;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2Hash(Cost cost, byte[] salt, byte[] hash) {
        this.cost = cost;
        this.salt = salt;
        this.hash = hash;
    }

    static Argon2Hash parse(Fields fields) throws InvalidHashException {
        boolean versioned = fields.all().size() > 1 && fields.get(1).startsWith("v=");
        fields.expect(versioned ? 5 : 4);
        int at = versioned ? 2 : 1;
        Cost cost = Cost.parse(versioned ? fields.get(1) : DEFAULT_VERSION, fields.get(at));
        byte[] salt = atLeast(MIN_SALT, Fields.decode(fields.get(at + 1), "salt"), "salt");
        byte[] hash = atLeast(MIN_HASH, Fields.decode(fields.get(at + 2), "hash"), "hash");
        return new Argon2Hash(cost, salt, hash);
    }

    private static byte[] atLeast(int bytes, byte[] value, String what) throws InvalidHashException {
        if (value.length < bytes) {
            throw new InvalidHashException("the " + what + " has fewer than " + bytes + " bytes");
        }
        return value;
    }

    /** With the parameters that Mosquitto 2.1 writes. */
    static Argon2Hash of(byte[] password, byte[] salt) {
        Cost cost = new Cost(Argon2Parameters.ARGON2_VERSION_13, MEMORY_KIB, 1, 1);
        return new Argon2Hash(cost, salt, derive(cost, password, salt, Fields.HASH_BYTES));
    }

    private static byte[] derive(Cost cost, byte[] password, byte[] salt, int bytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(cost.version())
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] derived = new byte[bytes];
        generator.generateBytes(password, derived);
        return derived;
    }

    @Override
    public HashKind kind() {
        return HashKind.ARGON2ID;
    }

    @Override
    public boolean verify(byte[] password) {
        // The generator may wipe what it is given.
        byte[] copy = password.clone();
        boolean same = MessageDigest.isEqual(hash, derive(cost, copy, salt, hash.length));
        Arrays.fill(copy, (byte) 0);
        return same;
    }

    @Override
    public String text() {
        Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
        return "$" + TAG + "$v=" + cost.version() + "$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p="
                + cost.lanes() + "$" + encoder.encodeToString(salt) + "$" + encoder.encodeToString(hash);
    }
}

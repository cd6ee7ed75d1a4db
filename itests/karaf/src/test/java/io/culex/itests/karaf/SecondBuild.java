// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Another build of a bundle: with another version, and one text in its classes changed, so that it behaves otherwise. */
final class SecondBuild {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private SecondBuild() {}

    /**
     * Writes the other build.
     *
     * @param version Bundle-Version
     * @param text the constant to change
     * @param other what it becomes
     */
    static void write(Path from, Path to, String version, String text, String other) throws IOException {
        try (JarFile in = new JarFile(from.toFile())) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (OutputStream file = Files.newOutputStream(to);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : in.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new JarEntry(entry.getName()));
                        try (InputStream content = in.getInputStream(entry)) {
                            byte[] bytes = content.readAllBytes();
                            out.write(entry.getName().endsWith(".class") ? changed(bytes, text, other) : bytes);
                        }
                    }
                }
            }
        }
    }

    /** A class with that constant in the place of the other (JVMS 4.4). */
    private static byte[] changed(byte[] type, String text, String other) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(type));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(in.readLong());
        int count = in.readUnsignedShort();
        out.writeShort(count);
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == UTF8) {
                String constant = in.readUTF();
                out.writeUTF(constant.equals(text) ? other : constant);
            } else {
                out.write(in.readNBytes(length(tag)));
                i += tag == LONG || tag == DOUBLE ? 1 : 0;
            }
        }
        in.transferTo(out);
        return bytes.toByteArray();
    }

    private static int length(int tag) {
        return switch (tag) {
            case LONG, DOUBLE -> 8;
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            default -> 4;
        };
    }
}

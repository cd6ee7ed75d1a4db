// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.Test;

/** What README.md and the documents link to is where they are: in the distribution, and in the Debian package. */
public final class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)\\s]*)?\\)");

    @Test
    public void ofTheDistributionResolve() throws Exception {
        assertLinksResolve(Unpacked.of(System.getProperty("culex.distribution"), "links"));
    }

    @Test
    public void ofTheDebianPackageResolve() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")));
        Path root = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "links-debian");
        Path packed = Path.of(System.getProperty("culex.debian"), "culex.deb");
        Outcome unpacked = Outcome.of(new ProcessBuilder("dpkg-deb", "-x", packed.toString(), root.toString()));
        assertEquals(unpacked.text(), 0, unpacked.exit());
        // A link of the package, to what is below the folder here.
        Path etc = root.resolve("usr/share/culex/etc");
        Path target = Path.of("/").relativize(Files.readSymbolicLink(etc));
        Files.delete(etc);
        Files.createSymbolicLink(etc, root.resolve(target));
        assertLinksResolve(root.resolve("usr/share/culex"));
    }

    private static void assertLinksResolve(Path home) throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path document : documents(home)) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String to = link.group(1);
                if (!to.matches("[a-z]+:.*")) {
                    links++;
                    Path named = document.resolveSibling(to).normalize();
                    if (!named.startsWith(home) || !Files.exists(named)) {
                        dead.add(home.relativize(document) + ": " + to);
                    }
                }
            }
        }
        assertEquals(List.of(), dead);
        assertTrue(links + " links", links > 30);
    }

    private static List<Path> documents(Path home) throws IOException {
        List<Path> documents = new ArrayList<>(List.of(home.resolve("README.md")));
        try (Stream<Path> files = Files.walk(home.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }
}

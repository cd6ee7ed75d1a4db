// SPDX-License-Identifier: Apache-2.0
package io.culex.itests.karaf;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.replaceConfigurationFile;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.options.extra.VMOption;

/** The distribution as it is, in a container of its own, with what a test that runs inside needs. */
final class Distribution {
    private Distribution() {}

    /**
     * The container.
     *
     * @param boot the features that it starts with, beyond the startup bundles
     * @param conf its {@code mosquitto.conf}
     * @param properties what the test tells itself there, as system properties
     */
    static Option[] with(String boot, Path conf, Map<String, ?> properties) {
        List<Option> options = new ArrayList<>(List.of(
                karafDistributionConfiguration()
                        .frameworkUrl("file:" + System.getProperty("culex.distribution"))
                        .name("Culex")
                        .unpackDirectory(new File("target/exam"))
                        .useDeployFolder(false),
                configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
                replaceConfigurationFile("etc/mosquitto.conf", conf.toFile()),
                editConfigurationFilePut("etc/org.apache.karaf.features.cfg", "featuresBoot", boot),
                bundle("file:" + System.getProperty("culex.testkit"))));
        properties.forEach((name, value) -> options.add(new VMOption("-D" + name + "=" + value)));
        return options.toArray(Option[]::new);
    }
}

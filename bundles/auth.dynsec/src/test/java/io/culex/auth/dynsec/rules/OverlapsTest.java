// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.AclType;
import io.culex.auth.dynsec.model.Configuration;
import io.culex.auth.dynsec.model.DefaultAccess;
import io.culex.auth.dynsec.model.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlapsTest {
    private static final int ACLS = 100_000;

    /** Half of them allow, half deny, and no two of them match a common topic, unless {@code last} does. */
    private static Configuration manyAcls(String last) {
        List<Acl> acls = new ArrayList<>();
        for (int i = 0; i < ACLS; i++) {
            acls.add(new Acl(AclType.PUBLISH_CLIENT_SEND, "site/" + i + "/+/value", 0, i % 2 == 0));
        }
        acls.add(new Acl(AclType.PUBLISH_CLIENT_SEND, last, 0, true));
        Role role = Role.of("large", acls);
        return new Configuration(0, DefaultAccess.NOTHING, List.of(), List.of(), List.of(role), null);
    }

    @Test
    void aRoleWithVeryManyAclsDoesNotKeepTheBrokerFromStarting() {
        Configuration large = manyAcls("site/none");

        List<String> found = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Overlaps.of(large));

        assertEquals(1, found.size());
        assertTrue(found.get(0).contains("too many ACLs"), found.get(0));
    }

    @Test
    void tellsNothingOfManyAclsThatAllDecideAlike() {
        List<Acl> acls = new ArrayList<>();
        for (int i = 0; i < ACLS; i++) {
            acls.add(Acl.allow(AclType.SUBSCRIBE_PATTERN, "site/" + i + "/#"));
        }
        Role role = Role.of("large", acls);
        Configuration large = new Configuration(0, DefaultAccess.NOTHING, List.of(), List.of(), List.of(role), null);

        assertEquals(List.of(), assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Overlaps.of(large)));
    }
}

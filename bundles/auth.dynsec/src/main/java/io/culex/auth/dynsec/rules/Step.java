// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.rules;

import io.culex.auth.dynsec.model.Acl;
import io.culex.auth.dynsec.model.Role;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is asked, in its order.
 *
 * @param group by which the client has the role; null: it has the role itself
 * @param acl of the role; null: the role's refusal of wildcards in subscriptions
 */
public record Step(@Nullable String group, Role role, @Nullable Acl acl) {}

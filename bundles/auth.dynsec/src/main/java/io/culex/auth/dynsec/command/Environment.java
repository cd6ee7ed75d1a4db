// SPDX-License-Identifier: Apache-2.0
package io.culex.auth.dynsec.command;

import io.culex.auth.dynsec.model.TieOrder;
import java.util.List;

/** What commands need that no configuration says. Called on the thread that carries out commands. */
public interface Environment {
    /** The hash of a new password in a form of SPEC B.2; may take a second. */
    String hash(String password);

    /** The addresses from which clients of that user name are connected, without ports. */
    List<String> connections(String username);

    /** How ACLs of the same priority are ordered. */
    TieOrder tieOrder();
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.bridge;

import io.culex.bridge.settings.Address;
import java.util.List;

/** The addresses of a bridge in turn; the first is the primary one. On the bridge's loop. */
final class Addresses {
    private final List<Address> all;
    private int at;

    Addresses(List<Address> all) {
        this.all = all;
    }

    Address current() {
        return all.get(at);
    }

    void advance() {
        at = (at + 1) % all.size();
    }

    boolean isPrimary() {
        return at == 0;
    }

    Address primary() {
        return all.get(0);
    }

    void backToPrimary() {
        at = 0;
    }
}

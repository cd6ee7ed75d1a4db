// SPDX-License-Identifier: Apache-2.0
package io.culex.cli.passwd;

/** A user and the bytes of a password in clear; two of them are equal only when they are the same object's parts. */
record Login(String name, byte[] password) {
    /** Without the password. */
    @Override
    public String toString() {
        return name;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.culex.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Properties in the order of the wire. Immutable.
 *
 * @param all every property; one identifier may stand several times, right or wrong
 */
public record PropertyList(List<Property> all) {
    /** No properties. */
    public static final PropertyList NONE = new PropertyList(List.of());

    public PropertyList {
        all = List.copyOf(all);
    }

    /** One property. */
    public static PropertyList of(PropertyId id, Object value) {
        return NONE.with(id, value);
    }

    /** These and one more at the end. */
    public PropertyList with(PropertyId id, Object value) {
        List<Property> more = new ArrayList<>(all);
        more.add(new Property(id, value));
        return new PropertyList(more);
    }

    /** These and one User Property at the end. */
    public PropertyList withUser(String name, String value) {
        return with(PropertyId.USER_PROPERTY, Map.entry(name, value));
    }

    /** Holds the property. */
    public boolean has(PropertyId id) {
        return all.stream().anyMatch(property -> property.id() == id);
    }

    /** The value of an integer property; empty when it is absent. */
    public Optional<Long> number(PropertyId id) {
        return values(id).map(list -> ((Number) list.get(0)).longValue());
    }

    /** The value of a string property; empty when it is absent. */
    public Optional<String> string(PropertyId id) {
        return values(id).map(list -> (String) list.get(0));
    }

    /** The value of a binary property; empty when it is absent. */
    public Optional<byte[]> binary(PropertyId id) {
        return values(id).map(list -> (byte[]) list.get(0));
    }

    /** All Subscription Identifiers, in the order of the wire. */
    public List<Long> subscriptionIds() {
        return values(PropertyId.SUBSCRIPTION_ID).orElse(List.of()).stream()
                .map(value -> ((Number) value).longValue())
                .toList();
    }

    /** All User Properties as {@code name=value}, in the order of the wire. */
    public List<String> user() {
        return values(PropertyId.USER_PROPERTY).orElse(List.of()).stream()
                .map(Object::toString)
                .toList();
    }

    /** The bytes without the Property Length. */
    byte[] encode() {
        WireWriter out = new WireWriter();
        all.forEach(property -> property.encode(out));
        return out.toBytes();
    }

    private Optional<List<Object>> values(PropertyId id) {
        List<Object> found = all.stream()
                .filter(property -> property.id() == id)
                .map(Property::value)
                .toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }
}

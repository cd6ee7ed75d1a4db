// SPDX-License-Identifier: Apache-2.0
package io.culex.itests;

import io.culex.testkit.BrokerKind;
import io.culex.testkit.BrokerProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives tests a {@link Wire} to the broker they use; starts each broker once and ends it with the plan. */
public final class WireExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(WireExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Wire.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Setup setup = setup(context);
        Assumptions.assumeTrue(
                setup == Setup.OPEN || BrokerKind.selected() != BrokerKind.EXTERNAL,
                "an external broker has its own configuration");
        BrokerProcess broker = context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(setup, key -> BrokerProcess.start(key.configuration()), BrokerProcess.class);
        Wire wire = new Wire(broker);
        context.getStore(NAMESPACE).put(Wire.class, wire);
        return wire;
    }

    private static Setup setup(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), Uses.class)
                .or(() -> AnnotationSupport.findAnnotation(context.getRequiredTestClass(), Uses.class))
                .map(Uses::value)
                .orElse(Setup.OPEN);
    }
}

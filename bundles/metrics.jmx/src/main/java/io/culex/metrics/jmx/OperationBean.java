// SPDX-License-Identifier: Apache-2.0
package io.culex.metrics.jmx;

import io.culex.api.admin.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/** One operation of a plugin as {@code run} with its arguments, all of them text; empty or null: not given. */
final class OperationBean implements DynamicMBean {
    private static final String RUN = "run";
    private static final long LIMIT_SECONDS = 60;

    private final Operation operation;
    private final Executor admin;
    private final MBeanInfo info;

    OperationBean(Operation operation, Executor admin) {
        this.operation = operation;
        this.admin = admin;
        MBeanParameterInfo[] parameters = operation.arguments().stream()
                .map(argument -> new MBeanParameterInfo(
                        argument.name(),
                        String.class.getName(),
                        argument.description() + (argument.required() ? "" : " (may be empty)")))
                .toArray(MBeanParameterInfo[]::new);
        this.info = new MBeanInfo(
                OperationBean.class.getName(),
                operation.description(),
                null,
                null,
                new MBeanOperationInfo[] {
                    new MBeanOperationInfo(
                            RUN,
                            operation.description(),
                            parameters,
                            String[].class.getName(),
                            MBeanOperationInfo.UNKNOWN)
                },
                null);
    }

    @Override
    public Object invoke(String name, @Nullable Object[] given, String[] signature)
            throws MBeanException, ReflectionException {
        List<Operation.Argument> arguments = operation.arguments();
        int count = given == null ? 0 : given.length;
        if (!name.equals(RUN) || count != arguments.size()) {
            throw new ReflectionException(new NoSuchMethodException(name + " with " + count + " arguments"));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Operation.Argument argument = arguments.get(i);
            String value = String.valueOf(given[i] == null ? "" : given[i]);
            if (!value.isEmpty()) {
                values.put(argument.name(), value);
            } else if (argument.required()) {
                throw new MBeanException(new IllegalArgumentException(argument.name() + " must be given"));
            }
        }
        return run(values);
    }

    private String[] run(Map<String, String> arguments) throws MBeanException {
        CompletionStage<List<String>> answer = CompletableFuture.supplyAsync(() -> operation.run(arguments), admin)
                .thenCompose(stage -> stage);
        try {
            return answer.toCompletableFuture()
                    .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .toArray(String[]::new);
        } catch (ExecutionException e) {
            // A class of a plugin would be strange to whoever asks from afar: its words are enough.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            boolean refused = cause instanceof Operation.RefusedException;
            throw new MBeanException(
                    new IllegalStateException(refused ? String.valueOf(cause.getMessage()) : cause.toString()));
        } catch (TimeoutException e) {
            throw new MBeanException(new IllegalStateException("no answer within " + LIMIT_SECONDS + " seconds"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MBeanException(new IllegalStateException("interrupted"));
        }
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(name);
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        return new AttributeList();
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName());
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return info;
    }
}

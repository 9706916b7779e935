package io.odp4j.upcall.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/**
 * Handlers of Unix signals. The JDK's own class for them is exported but not part of the platform's
 * API, so that it is reached by name; where it is missing, signals do what they do by default.
 */
public final class Signals {
    private Signals() {}

    /** Runs {@code action} whenever the process gets a signal, named without SIG. */
    public static void handle(String signal, Runnable action) {
        try {
            Class<?> signalClass = Class.forName("sun.misc.Signal");
            Class<?> handlerClass = Class.forName("sun.misc.SignalHandler");
            InvocationHandler invocation =
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    };
            Object handler =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handlerClass},
                            invocation);
            Object instance = signalClass.getConstructor(String.class).newInstance(signal);
            signalClass
                    .getMethod("handle", signalClass, handlerClass)
                    .invoke(null, instance, handler);
        } catch (ReflectiveOperationException e) {
            org.slf4j.LoggerFactory.getLogger(Signals.class)
                    .debug("SIG{} cannot be handled: {}", signal, e.toString());
        }
    }
}

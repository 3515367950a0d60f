package io.onedump.secret;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.BeanIntrospection;
import org.apache.camel.spi.ConfigurerResolver;
import org.apache.camel.spi.ExtendedPropertyConfigurerGetter;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;

/**
 * Secrets that begin with {@code #} or {@code Exchange.}. Camel reads such a value as a reference to a bean, a class, a
 * property or a constant before it sets the option, and shows it when there is none. So it is handed a
 * {@link ValueTokens#standIn stand-in}, and what sets options puts the value in its place. Options that are no texts
 * have references as ever.
 */
final class Literals {

    private Literals() {
    }

    /** Has the context put values in the place of their stand-ins when it sets options. */
    static void install(CamelContext context) {
        ConfigurerResolver resolver = PluginHelper.getConfigurerResolver(context);
        context.getCamelContextExtension().addContextPlugin(ConfigurerResolver.class,
                (name, own) -> configurer(resolver.resolvePropertyConfigurer(name, own)));
        context.getCamelContextExtension().addContextPlugin(BeanIntrospection.class,
                introspection(PluginHelper.getBeanIntrospection(context)));
    }

    /** Whether Camel may take it for a reference or for the name of a constant. */
    static boolean isNeededFor(String value) {
        return isReference(value) || value.startsWith("Exchange.");
    }

    private static boolean isReference(String value) {
        return value.stripLeading().startsWith("#");
    }

    /** The value, or what stands for it where Camel would read it. */
    static String of(String value) {
        return value != null && isNeededFor(value) ? ValueTokens.standIn(value) : value;
    }

    /** The same for those of an endpoint's options that are secrets, when its component was made after the plugin. */
    static void protect(Component component, Map<String, Object> options) {
        if (!Proxy.isProxyClass(component.getEndpointPropertyConfigurer().getClass())) {
            return;
        }
        options.replaceAll((name, value) -> value instanceof String text && SecretNames.isSecret(name)
                ? of(text)
                : value);
    }

    /** What an option of a type is set to; null as the type when nobody knows it. */
    private static Object value(CamelContext context, Class<?> type, String standIn) throws Exception {
        String value = ValueTokens.replaceStandIn(standIn);
        if (!isReference(value) || type == null || type.isAssignableFrom(String.class)) {
            return value;
        }
        if (type == byte[].class) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
        if (type == char[].class) {
            return value.toCharArray();
        }
        Object bean = PropertyBindingSupport.resolveBean(context, value);
        return bean == value ? CamelContextHelper.mandatoryLookup(context, value.strip().substring(1)) : bean;
    }

    private static PropertyConfigurer configurer(PropertyConfigurer configurer) {
        if (!(configurer instanceof PropertyConfigurerGetter getter)) {
            return configurer;
        }
        Class<?>[] types = Stream.of(GeneratedPropertyConfigurer.class, ExtendedPropertyConfigurerGetter.class,
                PropertyConfigurerGetter.class, PropertyConfigurer.class).filter(type -> type.isInstance(configurer))
                .toArray(Class<?>[]::new);
        return (PropertyConfigurer) proxy(types, (method, given) -> {
            if (method.getName().equals("configure") && given[3] instanceof String text) {
                given[3] = value((CamelContext) given[0], getter.getOptionType((String) given[2], true), text);
            }
            return method.invoke(configurer, given);
        });
    }

    private static BeanIntrospection introspection(BeanIntrospection introspection) {
        return (BeanIntrospection) proxy(new Class<?>[] {BeanIntrospection.class}, (method, given) -> {
            if (method.getName().equals("setProperty")) {
                int value = given.length == 4 ? 3 : 4;
                if (given[value] instanceof String text) {
                    given[value] = value((CamelContext) given[0],
                            type(introspection, given[value - 2], (String) given[value - 1]), text);
                }
            }
            return method.invoke(introspection, given);
        });
    }

    private static Class<?> type(BeanIntrospection introspection, Object target, String name) {
        return introspection.findSetterMethods(target.getClass(), name, true, true, true).stream()
                .map(setter -> setter.getParameterTypes()[0]).filter(type -> type == String.class).findFirst()
                .orElseGet(() -> introspection.findSetterMethods(target.getClass(), name, true, true, true).stream()
                        .map(setter -> setter.getParameterTypes()[0]).findFirst().orElse(null));
    }

    private interface Call {
        Object of(Method method, Object[] given) throws Exception;
    }

    private static Object proxy(Class<?>[] types, Call call) {
        return Proxy.newProxyInstance(PropertyConfigurer.class.getClassLoader(), types, (self, method, given) -> {
            try {
                return call.of(method, given);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }
}
